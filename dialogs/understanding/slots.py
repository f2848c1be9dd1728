"""What a wish is about, taken out of it: places, time, theme, which one, online, free seats.

What is taken out leaves a token behind, so that a town's name does not choose the command.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from dialogs.understanding.lexicon import GONE, TIME, lexicon_of_slots
from dialogs.understanding.times.spans import Span, no_such_day, time_in, without_time
from dialogs.understanding.tokens import (
    BREAK,
    PLACE,
    ROLE,
    THEME,
    TITLE,
    TOKENS,
    canonical,
    is_known,
    normal,
    tokens,
    without_free,
)
from knowledge.answers.search.text import fold as fold_rings
from knowledge.directory.models import Municipality
from knowledge.directory.places import fold
from knowledge.directory.said import PlacesSaid, places_in, taken_out

Which = int | str


SHORTEST_ALONE = 6
"""A single word of so many letters names a title, if no other title has it."""


@dataclass(frozen=True)
class Shown:
    """One of the list: its title, and where and when it is."""

    title: str

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the title; a label before a colon is none."""
        return tuple(fold(self.title.rpartition(":")[2], strip=False).split())


@dataclass(frozen=True)
class Slots:
    """Everything that was said of what is wanted; None and empty: not said.

    `which` is a number in the list, "last", "next", the words of a title, or a role.
    `either`: at the places or online. `themes_away` were named and said away.
    `recipients` are those of the list of recipients that are asked for. `no_day` are the words for
    a day that does not exist.
    """

    places: PlacesSaid = field(default_factory=PlacesSaid)
    time: Span | None = None
    themes: tuple[str, ...] = ()
    online: bool | None = None
    free: bool = False
    which: tuple[Which, ...] = ()
    role: str = ""
    recipients: str = ""
    no_day: str = ""
    either: bool = False
    themes_away: tuple[str, ...] = ()

    @property
    def place_names(self) -> tuple[str, ...]:
        """The places by their official names."""
        said = self.places.with_possible
        every = said.areas or said.near_areas[:1]
        return tuple(one.name for one in every)

    @property
    def is_place_sure(self) -> bool:
        """Whether no place has to be asked about."""
        every = self.places.named
        return not self.places.doubtful and all(
            sum(isinstance(area, Municipality) for area in one.areas) <= 1 for one in every
        )


@dataclass(frozen=True)
class Read:
    """A message as words, with tokens where its slots were; and the slots.

    `parts` are the stretches between signs, as they were typed, for how it is said: "så att" is
    not "sa att".
    """

    parts: tuple[str, ...]
    slots: Slots

    @property
    def words(self) -> tuple[str, ...]:
        """All words, folded, and one for all synonyms: for choosing the command."""
        return canonical(" ".join(self.parts))


def read(said: str, today: date, shown: Sequence[Shown] = ()) -> Read:
    """Take the slots out of a message. `shown`: what the list on the screen holds."""
    return _read(said, today, tuple(shown))


@lru_cache(maxsize=64)
def _read(said: str, today: date, shown: tuple[Shown, ...]) -> Read:
    """Remembered, for several dialogs look at one message, and buttons say the same again."""
    may_tell = lexicon_of_slots().may_tell_time.search(said.casefold())
    time = time_in(said, today) if may_tell else None
    no_day = no_such_day(said) if may_tell and time is None else ""
    left = without_time(said, time, f" {GONE if _is_over(time, today) else TIME} ")
    left = left.replace(no_day, f" {TIME} ") if no_day else left
    places = places_in(left)
    left = normal(taken_out(left, places.with_possible, f" {PLACE} "))
    plain = fold_rings(left)
    slots = Slots(
        places,
        time,
        _told_apart(left, away=False),
        online=_online(plain),
        free=bool(lexicon_of_slots().free.search(plain)),
        recipients=recipients_in(plain),
        no_day=no_day,
        themes_away=_told_apart(left, away=True),
        either=bool(places.with_possible.named and lexicon_of_slots().either.search(plain)),
    )
    left, titles = _titles_out(left, shown, TITLE)
    plain = fold_rings(left)
    left, role = _roles_out(left, plain)
    slots = replace(slots, which=tuple(dict.fromkeys((*titles, *_which(plain)))), role=role)
    left = tokens(left)
    left, themes = _free_theme(left)
    slots = replace(slots, themes=(*slots.themes, *themes))
    parts = (part.strip() for part in left.split(BREAK))
    return Read(tuple(part for part in parts if part), slots)


def _is_over(time: Span | None, today: date) -> bool:
    return time is not None and time.until is not None and time.until <= today


_LONGEST_THEME = 6

SHORTEST_NAMED = 7
"""A word of so many letters after "temat" is what the theme is called, and no "längre"."""


def _free_theme(left: str) -> tuple[str, tuple[str, ...]]:
    """What follows "om" and the like, where it is none of the known themes, as a token.

    It begins with a word that no wording has, or that names a subject; after "temat" with any
    word that is long enough for one.
    """
    words = left.split()
    lists = lexicon_of_slots().lists
    for at in range(1, len(words)):
        before = {fold_rings(" ".join(words[max(at - many, 0) : at])) for many in (1, 2)}
        begins = fold_rings(words[at]) in lists["theme_words"] or not is_known(words[at])
        named = len(words[at]) >= SHORTEST_NAMED and not before.isdisjoint(lists["theme_named"])
        if named or (begins and not before.isdisjoint(lists["theme_after"])):
            last = _end_of_theme(words, at)
            return " ".join((*words[:at], THEME, *words[last:])), (" ".join(words[at:last]),)
    return left, ()


def _end_of_theme(words: Sequence[str], at: int) -> int:
    """It ends before a word that wordings have, unless that leads on: "våld i nära relationer"."""
    last, most = at + 1, min(len(words), at + _LONGEST_THEME)
    while last < most:
        ahead = 0 if fold_rings(words[last]) not in lexicon_of_slots().lists["theme_on"] else 2
        strange = (
            number
            for number in range(last, min(last + ahead + 1, most))
            if not is_known(words[number])
        )
        end = next(strange, -1)
        if end < 0 or {*words[last:end]} & {BREAK, *TOKENS.values()}:
            break
        last = end + 1
    return last


def _themes(left: str) -> tuple[str, ...]:
    """The known themes, as they were typed."""
    left = without_free(left)
    hits = lexicon_of_slots().themes.finditer(fold_rings(left))
    return tuple(left[hit.start() : hit.end()] for hit in hits)


def _told_apart(left: str, *, away: bool) -> tuple[str, ...]:
    """The known themes that are asked for, or those that are said away: "inte om droger"."""
    plain = fold_rings(left)
    before = lexicon_of_slots().away
    return tuple(
        one
        for one in _themes(left)
        if away == bool(before.search(plain[: plain.find(fold_rings(one))]))
    )


def _which(left: str) -> list[Which]:
    """Numbers and places in the list, in the order they were said."""
    lexicon = lexicon_of_slots()
    found: list[tuple[int, Which]] = [
        (hit.start(), lexicon.number_of(hit["n"])) for hit in lexicon.numbers.finditer(left)
    ]
    for name, pattern in (("last", lexicon.last), ("next", lexicon.next)):
        found += [(hit.start(), name) for hit in pattern.finditer(left)]
    return [one for _, one in sorted(found, key=lambda pair: pair[0])]


def _roles_out(left: str, plain: str) -> tuple[str, str]:
    hit = lexicon_of_slots().roles.search(plain)
    if not hit:
        return left, ""
    role = lexicon_of_slots().role_of[hit["role"]]
    return f"{left[: hit.start('role')]}{ROLE}{left[hit.end('role') :]}", role


def _online(left: str) -> bool | None:
    if lexicon_of_slots().on_site.search(left):
        return False
    return True if lexicon_of_slots().online.search(left) else None


def recipients_in(left: str) -> str:
    """Which of the recipients are asked for: got, not_got, acknowledged, not_acknowledged."""
    lexicon = lexicon_of_slots()
    if any(word in left for word in lexicon.lists["not_got"]):
        return "not_got"
    kind = "acknowledged" if any(one in left for one in lexicon.lists["acknowledged"]) else "got"
    return f"not_{kind}" if {*lexicon.lists["not"]} & {*left.split()} else kind


def _titles_out(said: str, shown: Sequence[Shown], token: str) -> tuple[str, list[int]]:
    """The message with a token where a title stood, and the numbers of the titles."""
    found: list[int] = []
    for number, one in enumerate(shown, start=1):
        others = {word for other in shown if other is not one for word in other.words}
        run = _longest_run(fold_rings(said).split(), one.words)
        alone = len(run) == 1 and len(run[0]) >= SHORTEST_ALONE and run[0] not in others
        if alone or (len(run) > 1 and any(len(word) >= SHORTEST_ALONE - 2 for word in run)):
            phrase = " ".join(run)
            if phrase in " ".join(one.words):
                at = f" {fold_rings(said)} ".find(f" {phrase} ")
                said = said[:at] + token + said[at + len(phrase) :]
                found.append(number)
    return said, found


def _longest_run(said: Sequence[str], title: Sequence[str]) -> Sequence[str]:
    """The longest stretch of the message that is also a stretch of the title."""
    best: Sequence[str] = ()
    for start in range(len(said)):
        for at in range(len(title)):
            length = 0
            while (
                start + length < len(said)
                and at + length < len(title)
                and said[start + length] == title[at + length]
            ):
                length += 1
            run = said[start : start + length]
            if (length, len("".join(run))) > (len(best), len("".join(best))):
                best = run
    return best
