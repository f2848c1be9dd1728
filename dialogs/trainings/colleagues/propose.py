""" "Föreslå Karin till utbildningen": a colleague is asked, and answers in the own chat."""

import re
from collections.abc import Sequence
from functools import cache
from typing import ClassVar

from dialogs.conversation import inputs, swedish
from dialogs.conversation.card_parts import card, navigate, paragraph, summary
from dialogs.conversation.dialog import Answer, Dialog, Heard, hears, tapped
from dialogs.conversation.paging import FEW
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text, texts
from dialogs.trainings.colleagues import cards
from dialogs.trainings.lists import TrainingLists
from dialogs.understanding.effect import Effect
from knowledge import letters
from knowledge.directory.models import Person
from knowledge.directory.places import fold
from knowledge.errors import KnowledgeError
from knowledge.trainings.models import Training
from knowledge.trainings.participants.colleagues import (
    ColleagueService,
    NoMunicipality,
    ProposedEnough,
)
from knowledge.trainings.participants.refusals import NoSuchPerson, TooLate
from knowledge.trainings.refusals import TrainingNotFound

MOST_NAMES = 4
"""More words are no name."""


class ProposeColleague(Dialog):
    """Nobody is asked before the question with the name has been answered with yes."""

    name: ClassVar[str] = "propose_colleague"

    def __init__(
        self, colleagues: ColleagueService, lists: TrainingLists, *, picks: bool = False
    ) -> None:
        """`picks`: people are chosen in Teams' own list, which the Playground does not have."""
        self.colleagues = colleagues
        self.lists = lists
        self.picks = picks

    @hears("sign_up_colleague", effect=Effect.NONE, personal=True)
    async def propose(self, heard: Heard) -> Answer:
        """ "Föreslå Karin till 2", "anmäl min kollega": of the training that is meant."""
        page = self.lists.current(heard.about)
        found = await self.lists.pick(heard.text, page, loosely=True)
        alone = page.ids if page and len(page.ids) == 1 else ()
        ids = found.ids or await self.lists.last_shown(heard) or alone
        if len(ids) != 1:
            return Answer(Reply(text("trainings_colleagues.which_training")))
        return await self._called(heard.person, int(ids[0]), names_in(heard.text))

    @tapped("propose_colleague", effect=Effect.NONE, personal=True)
    async def tapped_propose(self, heard: Heard) -> Answer | None:
        id_ = heard.number("training")
        return await self._named(heard.person, id_, "") if id_ else None

    @tapped("colleague_named", effect=Effect.NONE, personal=True)
    async def tapped_named(self, heard: Heard) -> Answer | None:
        id_, picked = heard.number("training"), heard.word("colleague")
        if id_ and picked:
            return await self._picked(heard.person, id_, picked)
        return await self._named(heard.person, id_, _tidy(heard.word("name"))) if id_ else None

    @tapped("colleague_pick", effect=Effect.NONE, personal=True)
    async def tapped_pick(self, heard: Heard) -> Answer | None:
        id_, other = heard.number("training"), heard.number("person")
        return await self._ask(heard.person, id_, other) if id_ and other else None

    @tapped("colleague_do", effect=Effect.OTHERS, personal=True)
    async def tapped_do(self, heard: Heard) -> Answer | None:
        id_, other = heard.number("training"), heard.number("person")
        return await self._do(heard.person, id_, other) if id_ and other else None

    @tapped("colleague_leave", effect=Effect.NONE, personal=True)
    async def tapped_leave(self, heard: Heard) -> Answer:
        return _left()

    async def give_name(self, heard: Heard) -> Answer | None:
        """Hears a name, and nothing that is none."""
        if inputs.is_short_refusal(heard.text) or inputs.is_reply(heard.text):
            return _left()
        names = names_in(heard.text) or [_tidy(heard.text)]
        if len(names[0].split()) > MOST_NAMES or re.search(r"[\d?:]", names[0]):
            return None
        return await self._called(heard.person, int(heard.values["training"]), names)

    async def which_one(self, heard: Heard) -> Answer | None:
        """Hears the number of one of those who are called so, or the whole name."""
        if inputs.is_none_of_these(heard.text) or inputs.agreed(heard.text) is False:
            return _left()
        people = heard.values["people"]
        last = heard.text.split()[-1:] or [""]
        number = inputs.number(heard.text) or inputs.number(last[0]) or 0
        if not 0 < number <= len(people):
            return None if number else await self.give_name(heard)
        return await self._ask(heard.person, int(heard.values["training"]), people[number - 1])

    async def confirm(self, heard: Heard) -> Answer | None:
        """Hears ja or nej."""
        said = inputs.agreed(heard.text, "trainings_colleagues.do")
        if said is None:
            return None
        if not said:
            return _left()
        return await self._do(
            heard.person, int(heard.values["training"]), int(heard.values["person"])
        )

    async def again(self, heard: Heard) -> Answer | None:
        if "person" in heard.values:
            return Answer(Reply(text("trainings_colleagues.again")), "confirm", heard.values)
        if "people" in heard.values:
            said = text("trainings_colleagues.again_which")
            return Answer(Reply(said), "which_one", heard.values)
        return None  # no name: it is heard as something new

    async def _called(self, person: Person, id_: int, names: Sequence[str]) -> Answer:
        """Of what may be the name, the first that somebody has; else what looks most like one."""
        likely = [*(one for one in names if one[:1].isupper()), *names, ""][0]
        for name in names if len(names) > 1 else ():
            try:
                _, found = await self.colleagues.find(person, id_, name)
            except KnowledgeError as refusal:
                return _refused(refusal)
            if found:
                return await self._named(person, id_, name)
        return await self._named(person, id_, likely)

    async def _named(self, person: Person, id_: int, name: str) -> Answer:
        try:
            training, found = await self.colleagues.find(person, id_, name)
        except KnowledgeError as refusal:
            return _refused(refusal)
        if len(found) == 1:
            return await self._ask(person, id_, found[0].id)
        values = {"training": id_}
        if 1 < len(found) <= FEW:
            people = [one.id for one in found]
            return Answer(cards.which(training, found), "which_one", {**values, "people": people})
        fault = ""
        if name:
            key = "which_many" if found else "unknown"
            typed = swedish.plain(name, 60)
            fault = text(f"trainings_colleagues.{key}", count=FEW, name=typed)
        return self._who(training, typed=name, fault=fault)

    async def _picked(self, person: Person, id_: int, object_id: str) -> Answer:
        try:
            training, other = await self.colleagues.find_account(person, id_, object_id)
        except KnowledgeError as refusal:
            return _refused(refusal)
        if other:
            return await self._ask(person, id_, other.id)
        return self._who(training, fault=text("trainings_colleagues.unknown_picked"))

    def _who(self, training: Training, *, typed: str = "", fault: str = "") -> Answer:
        asked = cards.ask_name(training, typed=typed, fault=fault, picks=self.picks)
        return Answer(asked, "give_name", {"training": training.id})

    async def _ask(self, person: Person, id_: int, other_id: int) -> Answer:
        try:
            training, other = await self.colleagues.look(person, id_, other_id)
        except KnowledgeError as refusal:
            return _refused(refusal)
        values = {"training": id_, "person": other.id}
        return Answer(cards.confirm(training, other), "confirm", values)

    async def _do(self, person: Person, id_: int, other_id: int) -> Answer:
        try:
            _, other = await self.colleagues.propose(person, id_, other_id)
        except KnowledgeError as refusal:
            return _refused(refusal)
        return _settled(text("trainings_colleagues.done", name=swedish.plain(other.name)))


def names_in(typed: str) -> list[str]:
    """What may be the name in "föreslå Karin Ek till kursen" and "föreslå kursen för Karin Ek";
    nothing in "anmäl min kollega"."""
    named, whom = _named()
    found = named.search(typed)
    last = whom.search(typed, found.end("name")) if found else None
    said = [_tidy(one["name"]) for one in (found, last) if one]
    return [one for one in said if _is_name(one)]


def _is_name(said: str) -> bool:
    words = fold(said, strip=False).split()
    nobody = {fold(one, strip=False) for one in texts("trainings_colleagues.says_nobody")}
    some = 0 < len(words) <= MOST_NAMES and nobody.isdisjoint(words)
    return some and not re.search(r"[\d?:]", said)


@cache
def _named() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A name after what is done with somebody, and one after what it is done with."""
    before, after, whom = (
        "|".join(sorted(map(re.escape, texts(f"trainings_colleagues.{key}")), key=len)[::-1])
        for key in ("says_before", "says_after", "says_whom")
    )
    end = rf"(?:\s+(?:{after})\b|[.!]|$)"
    name = rf"(?P<name>[^.!]+?){end}"
    return (
        re.compile(rf"\b(?:{before})\s+{name}", re.IGNORECASE),
        re.compile(rf"\b(?:{whom})\s+{name}", re.IGNORECASE),
    )


def _tidy(typed: str) -> str:
    return " ".join(letters.seen(typed).split())


def _left() -> Answer:
    return _settled(text("trainings_colleagues.unchanged"))


def _settled(words: str) -> Answer:
    more = [navigate(text("trainings.more"), "trainings")]
    return Answer(Reply(card=card([paragraph(words)], more), summary=summary(words)))


_WHY: Sequence[tuple[type[KnowledgeError], str]] = (
    (NoMunicipality, "no_municipality"),
    (ProposedEnough, "enough"),
    (NoSuchPerson, "gone"),
    (TrainingNotFound, "not_found"),
)


def _refused(refusal: KnowledgeError) -> Answer:
    if isinstance(refusal, TooLate):
        title = swedish.plain(refusal.training.title)
        return _settled(text("trainings_colleagues.closed", title=title))
    key = next((key for kind, key in _WHY if isinstance(refusal, kind)), None)
    if key is None:
        raise refusal
    return _settled(text(f"trainings_colleagues.{key}"))
