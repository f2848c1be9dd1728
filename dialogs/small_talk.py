"""Hello, help, thanks and goodbye: what may be said at any time."""

from typing import ClassVar

from dialogs.cards import welcome
from dialogs.dialog import ARRIVAL, NO_WORDS, Answer, Dialog, Heard, hears, tapped
from dialogs.swedish import plain
from dialogs.talk import Reply, Scope
from dialogs.texts import text, texts


class SmallTalk(Dialog):
    """Everything that needs no knowledge."""

    name: ClassVar[str] = "small_talk"

    @hears(ARRIVAL)
    async def arrival(self, heard: Heard) -> Answer | None:
        """The app was added: welcome once, although Teams tells us twice."""
        if heard.about.get("welcomed"):
            return None
        if heard.turn.place.scope is Scope.PERSONAL:
            reply = welcome.personal()
        else:
            reply = welcome.shared(heard.turn.speaker)
        return Answer(reply, about={"welcomed": True})

    @hears(NO_WORDS)
    async def no_words(self, heard: Heard) -> Answer:
        key = "attachment" if heard.turn.has_attachment else "no_words"
        return _say(heard, text(f"small_talk.{key}"))

    @hears("greet")
    async def greet(self, heard: Heard) -> Answer:
        first_name = plain(heard.turn.speaker.name.split(" ")[0], limit=40)
        if not first_name:
            return _say(heard, text("small_talk.greet_nameless"))
        return _say(heard, text("small_talk.greet", name=first_name))

    @hears("help")
    @tapped("help")
    async def help(self, heard: Heard) -> Answer:
        return _say(heard, text("small_talk.help"))

    @hears("cancel")
    async def cancel(self, heard: Heard) -> Answer:
        key = "cancelled" if heard.awaited else "nothing_to_cancel"
        return _say(heard, text(f"small_talk.{key}"))

    @hears("thanks")
    async def thanks(self, heard: Heard) -> Answer:
        return _say(heard, text("small_talk.thanks"))

    @hears("okay")
    async def okay(self, heard: Heard) -> Answer:
        return _say(heard, text("small_talk.okay"))

    @hears("bye")
    async def bye(self, heard: Heard) -> Answer:
        return _say(heard, text("small_talk.bye"))


def _say(heard: Heard, words: str) -> Answer:
    personal = heard.turn.place.scope is Scope.PERSONAL
    suggestions = texts("small_talk.suggestions") if personal else ()
    return Answer(Reply(words, suggestions=suggestions))
