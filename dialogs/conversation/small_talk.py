"""Hello, help, thanks and goodbye: what may be said at any time."""

from typing import ClassVar

from dialogs.conversation import help_cards, welcome_cards
from dialogs.conversation.dialog import ARRIVAL, NO_WORDS, Answer, Dialog, Heard, hears, tapped
from dialogs.conversation.help_cards import Reader
from dialogs.conversation.intents import understand
from dialogs.conversation.swedish import plain
from dialogs.conversation.talk import Reply, Scope
from dialogs.conversation.texts import text, texts
from dialogs.understanding.effect import Effect


class SmallTalk(Dialog):
    """Everything that needs no knowledge."""

    name: ClassVar[str] = "small_talk"

    @hears(ARRIVAL, effect=Effect.NONE)
    async def arrival(self, heard: Heard) -> Answer | None:
        """The app was added: welcome once, although Teams tells us twice."""
        if heard.about.get("welcomed"):
            return None
        if heard.turn.place.scope is Scope.PERSONAL:
            reply = welcome_cards.personal()
        else:
            reply = welcome_cards.shared(heard.turn.speaker)
        return Answer(reply, about={"welcomed": True})

    @hears(NO_WORDS, effect=Effect.NONE)
    async def no_words(self, heard: Heard) -> Answer:
        if heard.awaited:
            return Answer(Reply(text("conversation.no_words_awaited")), aside=True)
        own = heard.turn.place.scope is Scope.PERSONAL
        key = "no_words_own" if own else "no_words"
        key = "attachment" if heard.turn.has_attachment else key
        return _say(heard, text(f"conversation.{key}"))

    @hears("greet", effect=Effect.NONE)
    async def greet(self, heard: Heard) -> Answer:
        first_name = plain(heard.turn.speaker.name.split(" ")[0], limit=40)
        if not first_name:
            return _say(heard, text("conversation.greet_nameless"))
        return _say(heard, text("conversation.greet", name=first_name))

    @hears("help", effect=Effect.NONE)
    @tapped("help", effect=Effect.NONE)
    async def help(self, heard: Heard) -> Answer | None:
        """All that can be done, or one job of it: "hjälp utskick". Other things are asked about."""
        reader, scope = _reader(heard), heard.turn.place.scope
        if subject := _subject(heard):
            topic = help_cards.topic_named(subject, reader)
            return Answer(help_cards.about(topic, reader)) if topic else None
        if scope is Scope.PERSONAL:
            return Answer(help_cards.overview(reader))
        return Answer(help_cards.here(scope))

    @hears("about_me", effect=Effect.NONE)
    async def about_me(self, heard: Heard) -> Answer:
        return _say(heard, text("conversation.about_me"))

    @hears("human", effect=Effect.NONE)
    async def human(self, heard: Heard) -> Answer:
        return _say(heard, text("conversation.human"))

    @hears("cancel", effect=Effect.NONE)
    async def cancel(self, heard: Heard) -> Answer:
        key = "cancelled" if heard.awaited else "nothing_to_cancel"
        return _say(heard, text(f"conversation.{key}"))

    @hears("thanks", effect=Effect.NONE)
    async def thanks(self, heard: Heard) -> Answer:
        return _say(heard, text("conversation.thanks"))

    @hears("okay", effect=Effect.NONE)
    async def okay(self, heard: Heard) -> Answer:
        return _say(heard, text("conversation.okay"))

    @hears("bye", effect=Effect.NONE)
    async def bye(self, heard: Heard) -> Answer:
        return _say(heard, text("conversation.bye"))


def _subject(heard: Heard) -> str:
    """What help is asked with; it may have been understood as a wish for help with anything."""
    intent = understand(heard.text)
    return intent.rest if intent and intent.name == "help" else ""


def _reader(heard: Heard) -> Reader:
    if heard.somebody is None:
        return Reader.GUEST
    return Reader.COORDINATOR if heard.is_coordinator else Reader.EMPLOYEE


def _say(heard: Heard, words: str) -> Answer:
    personal = heard.turn.place.scope is Scope.PERSONAL
    suggestions = texts("conversation.suggestions") if personal else ()
    return Answer(Reply(words, suggestions=suggestions))


def apology(reference: str, *, saves: bool) -> Reply:
    """When a turn has failed. Unless the database `saves`, nothing may be counted on."""
    key = "apology" if saves else "unwritable"
    return Reply(text(f"conversation.{key}", reference=reference))
