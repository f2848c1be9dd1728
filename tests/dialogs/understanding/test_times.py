"""Times that people write: what is read, what is not, and what is left of the sentence."""

import random
import re
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

import pytest

from dialogs.understanding.times.grammar import STEPS
from dialogs.understanding.times.spans import KINDS, MARKS, time_in, without_time

TODAY = date(2026, 11, 26)
HERE = Path(__file__).parent
ROOT = HERE.parents[2]
TIMES = tomllib.loads((HERE / "times_sv.toml").read_text("utf-8"))
NO_TIMES = tomllib.loads((HERE / "no_times_sv.toml").read_text("utf-8"))["sentences"]
WORDS = tomllib.loads(
    (ROOT / "dialogs/locales/sv/understanding/times.toml").read_text("utf-8")
)  # fmt: skip
READ = [
    pytest.param(said, meant, id=f"{kind}: {said}")
    for kind, sayings in TIMES.items()
    for said, meant in sayings.items()
]


def shown(said: str, today: date = TODAY) -> str:
    """The first and the last day, as in times_sv.toml."""
    span = time_in(said, today)
    if span is None:
        return "none"
    last = span.until - timedelta(days=1) if span.until else ""
    weekday = f" {span.weekday}" if span.weekday else ""
    return f"{span.since or ''}..{last}{weekday}"


@pytest.mark.parametrize(("said", "meant"), READ)
def test_a_time_is_read(said: str, meant: str) -> None:
    assert shown(said) == meant


@pytest.mark.parametrize("said", NO_TIMES)
def test_what_is_no_time_does_not_become_one(said: str) -> None:
    assert shown(said) == "none"


@pytest.mark.parametrize(
    ("said", "today", "meant"),
    [
        ("i mars", date(2027, 3, 31), "2027-03-31..2027-03-31"),
        ("i mars", date(2027, 4, 1), "2028-03-01..2028-03-31"),
        ("till hösten", date(2027, 8, 31), "2027-09-01..2027-11-30"),
        ("till hösten", date(2027, 9, 1), "2028-09-01..2028-11-30"),
        ("i höst", date(2027, 9, 1), "2027-09-01..2027-11-30"),
        ("i vinter", date(2027, 1, 15), "2027-01-15..2027-02-28"),
        ("till vintern", date(2026, 12, 5), "2027-12-01..2028-02-29"),
        ("höstterminen", date(2027, 9, 1), "2027-09-01..2027-12-31"),
        ("nästa termin", date(2027, 3, 1), "2027-08-01..2027-12-31"),
        ("före jul", date(2026, 12, 23), "..2026-12-23"),
        ("före påsk", date(2027, 3, 31), "..2028-04-13"),
        ("vecka 53", date(2027, 1, 3), "2027-01-03..2027-01-03"),
        ("vecka 53", date(2027, 1, 4), "2032-12-27..2033-01-02"),
        ("nästa vecka", date(2026, 12, 31), "2027-01-04..2027-01-10"),
        ("om en månad", date(2027, 1, 31), "2027-02-22..2027-02-28"),
        ("den 31", date(2027, 2, 1), "none"),
        ("senast den 31", date(2027, 2, 1), "..2027-03-31"),
        ("dec-feb", date(2027, 1, 10), "2027-12-01..2028-02-29"),
    ],
)
def test_what_a_time_means_depends_on_the_day(said: str, today: date, meant: str) -> None:
    assert shown(said, today) == meant


@pytest.mark.parametrize(
    ("said", "reading"),
    [
        ("den 12 mars", "day"),
        ("vecka 9", "week"),
        ("i mars", "month"),
        ("nästa år", "year"),
        ("i vår", "days"),
        ("i november", "days"),
        ("efter nyår", "from"),
        ("före jul", "until"),
        ("helst en torsdag", "weekday"),
    ],
)
def test_it_tells_what_was_read(said: str, reading: str) -> None:
    span = time_in(said, TODAY)

    assert span is not None
    assert span.reading == reading


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("utbildningar i mars i Lund", "utbildningar TID i Lund"),
        ("nästa vecka, helst på torsdag, i Växjö", "TID, helst TID, i Växjö"),
        ("kurser om lägesbild före jul?", "kurser om lägesbild TID?"),
        ("majkurser", "TIDkurser"),
        ("vem är min samordnare", "vem är min samordnare"),
    ],
)
def test_a_sentence_without_its_time(said: str, left: str) -> None:
    assert without_time(said, time_in(said, TODAY)) == left


def test_every_pattern_has_a_meaning_and_every_meaning_a_pattern() -> None:
    named = {kind for step in STEPS for kind in WORDS[step]}

    assert named == {*KINDS, *MARKS}


def said_by(pattern: str, chance: random.Random) -> str:
    """Something that the pattern fits."""
    while inner := re.search(r"\[([^\[\]()]*)\]|\(([^\[\]()]*)\)", pattern):
        ways = (inner[1] if inner[1] is not None else inner[2]).split("|")
        if inner[1] is not None:
            ways.append("")
        pattern = pattern.replace(inner[0], chance.choice(ways), 1)
    return re.sub(r"\{(\w+?)\d?\}", lambda slot: filled(slot[1], chance), pattern)


def filled(slot: str, chance: random.Random) -> str:
    if slot == "time":
        return chance.choice(["mars", "påsk", "nästa vecka", "den 5", "nu", "efter nyår", "fredag"])
    if slot in WORDS["lists"]:
        return chance.choice([word for words in WORDS["lists"][slot].values() for word in words])
    return str(2027 if slot == "year" else chance.randint(0, 60))


def everything(chance: random.Random) -> Iterator[str]:
    for step in STEPS:
        for patterns in WORDS[step].values():
            for pattern in patterns:
                yield from (said_by(pattern, chance) for _ in range(4))


@pytest.mark.parametrize("today", [TODAY, date(2028, 2, 29), date(2026, 12, 31)])
def test_whatever_is_said_is_read_or_left(today: date) -> None:
    """No words stop it, and what begins never begins after it ends."""
    for said in everything(random.Random(9)):  # noqa: S311
        span = time_in(said, today)
        if span and span.since and span.until:
            assert span.since < span.until, said
        assert "<" not in without_time(said, span), said


@pytest.mark.parametrize(
    "again",
    ["mars ", "mars eller ", "mars, ", "v 6, ", "1/1-", "den 1 ", "inte före efter ", "x" * 100,
     "tisdag ", "början av ", "från mars till ", "(", "2027 ", "i vår nej ",
     "tisdag eller ", "dagen före ", "två veckor efter "],
)  # fmt: skip
def test_a_long_message_does_not_keep_it_busy(again: str) -> None:
    began = perf_counter()
    for end in ("mars", "november", "i början av veckan"):
        time_in(again * (10_000 // len(again)) + end, TODAY)
        time_in(again * 30 + end, TODAY)
        time_in("mars eller " + again * 60, TODAY)

    assert perf_counter() - began < 3
