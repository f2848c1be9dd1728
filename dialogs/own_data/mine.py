""" "Mina uppgifter" and "radera mig": what is kept about the one who asks, and its end."""

from collections.abc import Awaitable, Callable
from typing import ClassVar

from dialogs.conversation import inputs
from dialogs.conversation.dialog import OF_DATA, Answer, Dialog, Heard, hears, tapped
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text, texts
from dialogs.own_data import cards
from dialogs.own_data.asked import answer_to
from dialogs.own_data.others import erases_another, is_about_another, names_another
from dialogs.own_data.short import is_of_data
from dialogs.understanding.effect import Effect
from dialogs.understanding.vocabulary import Screen
from knowledge.directory.models import Person
from knowledge.directory.places import Places
from knowledge.retention.erase import ErasureService, StillAtWork
from knowledge.retention.export import Kept
from knowledge.retention.holds import Held
from knowledge.retention.periods import Periods

FORGET = "forget_me"

ReadKept = Callable[[Person], Awaitable[Kept]]
FileLink = Callable[[Person], Awaitable[tuple[str, int]]]
"""Where this person can fetch everything, and for how many minutes."""


class MyData(Dialog):
    """Shown at once; erased only after a yes to what goes and what stays."""

    name: ClassVar[str] = "my_data"

    def __init__(
        self,
        read: ReadKept,
        link: FileLink,
        erasure: ErasureService,
        periods: Periods,
        places: Places,
        page: str,
    ) -> None:
        self.read = read
        self.link = link
        self.erasure = erasure
        self.periods = periods
        self.places = places
        self.about = page

    @hears("my_data", effect=Effect.NONE, personal=True)
    @tapped("my_data", effect=Effect.NONE, personal=True)
    async def show(self, heard: Heard) -> Answer:
        """Kinds, counts and periods, and the way to the file; of nobody else than the reader."""
        return await self._shown(heard, whoever=not heard.understood)

    @hears(OF_DATA, effect=Effect.NONE)
    async def wondered(self, heard: Heard) -> Answer | None:
        """Somebody else's erasure, whether it is wished for or spoken of; and a short question,
        which leaves what waits for its answer waiting."""
        spoken_of = heard.rest == FORGET and names_another(heard.text)
        if spoken_of or erases_another(heard.text):
            return _only_you(heard)
        waits, screen = heard.awaited, heard.about.get("screen")
        beside = screen == Screen.ANSWER and not waits
        if heard.rest or not is_of_data(heard.text, beside_an_answer=beside, awaited=waits):
            return None
        heard.must_be_private()
        return await self._shown(heard)

    async def _shown(self, heard: Heard, *, whoever: bool = False) -> Answer:
        """One's own, and what was asked of it. `whoever` is named in the command's own words."""
        if not whoever and is_about_another(heard.text):
            said, ways = text("own_data.only_yours"), texts("own_data.show_mine")
            return Answer(Reply(said, suggestions=ways), aside=heard.awaited)
        kept = await self.read(heard.person)
        answer = answer_to(heard.text)
        link = await self.link(heard.person)
        shown = cards.my_data(
            kept, self.periods, self.about, *link, answer=answer, under_way=heard.awaited
        )
        return Answer(shown, aside=heard.awaited)

    @hears(FORGET, effect=Effect.MINE, personal=True)
    @tapped(FORGET, effect=Effect.MINE, personal=True)
    async def ask(self, heard: Heard) -> Answer:
        """What would go, and what would stay."""
        if heard.understood and names_another(heard.text):
            return _only_you(heard)
        person = heard.person
        try:
            remains = await self.erasure.look_ahead(person.tenant_id, person.object_id)
        except (Held, StillAtWork) as refusal:
            return Answer(Reply(_why_not(refusal)))
        return Answer(cards.ask_to_erase(remains, self.places), then="answer")

    async def answer(self, heard: Heard) -> Answer | None:
        """Hears ja or nej."""
        said = inputs.agreed(heard.text, "own_data.yes")
        if said is None:
            return None
        return await self.yes(heard) if said else await self.no(heard)

    async def again(self, heard: Heard) -> Answer | None:
        return Answer(Reply(text("own_data.erase_again")), then="answer")

    @tapped("forget_me_yes", effect=Effect.MINE, personal=True)
    async def yes(self, heard: Heard) -> Answer:
        """Done at once. What this conversation kept is forgotten when the turn is over."""
        person = heard.person
        try:
            whose = (person.tenant_id, person.object_id)
            remains = await self.erasure.erase(*whose, in_turn=True)
        except (Held, StillAtWork) as refusal:
            return Answer(cards.settled(_why_not(refusal)))
        said = text("own_data.erased")
        if remains.trainings:
            said = text("own_data.erased_but_trainings", titles=cards.titles(remains.trainings))
        return Answer(cards.settled(said), forgets=True)

    @tapped("forget_me_no", effect=Effect.NONE, personal=True)
    async def no(self, heard: Heard) -> Answer:
        return Answer(cards.settled(text("own_data.kept_all")))


def _only_you(heard: Heard) -> Answer:
    said = Reply(text("own_data.only_you"), suggestions=texts("own_data.erase_mine"))
    return Answer(said, aside=heard.awaited)


def _why_not(refusal: Held | StillAtWork) -> str:
    return text("own_data.held" if isinstance(refusal, Held) else "own_data.at_work")
