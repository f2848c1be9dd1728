""" "Mina uppgifter" and "radera mig": what is kept about the one who asks, and its end."""

from collections.abc import Awaitable, Callable
from itertools import pairwise
from typing import ClassVar

from dialogs.conversation import inputs
from dialogs.conversation.dialog import Answer, Dialog, Heard, hears, tapped
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text, texts
from dialogs.own_data import cards
from dialogs.own_data.asked import answer_to
from dialogs.understanding.effect import Effect
from knowledge.directory.models import Person
from knowledge.directory.places import Places, fold
from knowledge.privacy.names import is_first_name
from knowledge.privacy.people import people
from knowledge.retention.erase import ErasureService, StillAtWork
from knowledge.retention.export import Kept
from knowledge.retention.holds import Held
from knowledge.retention.periods import Periods

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
        if heard.understood and _is_about_another(heard.text):
            said, ways = text("own_data.only_yours"), texts("own_data.show_mine")
            return Answer(Reply(said, suggestions=ways))
        kept = await self.read(heard.person)
        answer = answer_to(heard.text)
        link = await self.link(heard.person)
        return Answer(cards.my_data(kept, self.periods, self.about, *link, answer=answer))

    @hears("forget_me", effect=Effect.MINE, personal=True)
    @tapped("forget_me", effect=Effect.MINE, personal=True)
    async def ask(self, heard: Heard) -> Answer:
        """What would go, and what would stay."""
        if heard.understood and _names_another(heard.text):
            return Answer(
                Reply(text("own_data.only_you"), suggestions=texts("own_data.erase_mine"))
            )
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


def _is_about_another(typed: str) -> bool:
    """ "Vad vet du om Bo?", and not "ser min chef att jag är anmäld?"."""
    words = fold(typed, strip=False).split()
    own, about = texts("own_data.says_own"), texts("own_data.says_about")
    return {*own}.isdisjoint(words) and not {*about}.isdisjoint(words[:-1])


def _names_another(typed: str) -> bool:
    """ "Ta bort Bo Berg", "radera allt om bo" and "radera min chef"; and not "min rätt att bli
    glömd enligt GDPR"."""
    words = fold(typed, strip=False).split()
    if not {*texts("own_data.says_own")}.isdisjoint(words):
        return False
    named = (word for word in typed.split()[1:] if word[:1].isupper() and word[1:].islower())
    about = (after for before, after in pairwise(words) if before in texts("own_data.says_about"))
    if not {*about} <= {*texts("own_data.asks_for")}:
        return True
    return any(people(words)) or any(map(is_first_name, words)) or any(named)


def _why_not(refusal: Held | StillAtWork) -> str:
    return text("own_data.held" if isinstance(refusal, Held) else "own_data.at_work")
