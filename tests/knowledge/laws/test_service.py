"""Acts are read once a week by one process, and what was read stays whatever goes wrong."""

import asyncio
from dataclasses import replace

import pytest

from knowledge.answers.models import Base, Review
from knowledge.answers.sections import Section
from knowledge.laws import fingerprint
from knowledge.laws.models import Fault, LawUnread
from knowledge.laws.service import EVERY, PAUSE
from knowledge.laws.statute import parse
from tests.knowledge.laws.conftest import (
    COUNTING,
    KEEPING,
    REVIEWED,
    Office,
    article,
    reviewed,
    wording,
)
from tests.support.riksdagen import ACT, Riksdagen, act

PATH = "/sfs-2023-196.text"


async def test_a_change_is_seen_when_the_act_is_read_again(
    office: Office, riksdagen: Riksdagen
) -> None:
    office.base = replace(office.base, reviews=reviewed((REVIEWED, wording())))
    assert await office.watch.look() == PAUSE
    assert await office.changed() == []

    riksdagen.publishes(act("varje år"))
    office.passes(days=7)
    await office.watch.look()
    assert await office.changed() == ["rakning"]

    [change] = (await office.watch.standing()).changes
    words = await office.watch.words([change])
    assert "vartannat år" in words[change.before]
    assert "varje år" in words[change.after]


async def test_what_changed_before_the_first_reading_is_seen_at_once(
    office: Office, riksdagen: Riksdagen
) -> None:
    office.base = replace(office.base, reviews=reviewed((REVIEWED, wording("vart tredje år"))))
    await office.watch.look()

    [change] = (await office.watch.standing()).changes
    assert await office.changed() == ["rakning"]
    assert change.before not in await office.watch.words([change])

    # The wording that was reviewed is known by its fingerprint, from wherever it comes.
    await office.watch.take_up(parse(act("vart tredje år"), REVIEWED))
    assert "vart tredje år" in (await office.watch.words([change]))[change.before]


async def test_each_act_is_asked_for_once_a_week_by_one_process(
    office: Office, riksdagen: Riksdagen
) -> None:
    others = [office.watch, office.another(), office.another()]
    rests = await asyncio.gather(*(one.look() for one in others))
    assert sorted(rests) == [PAUSE, EVERY, EVERY]

    for hours in (1, 6 * 24):
        office.passes(hours=hours)
        await office.another().look()
    assert riksdagen.asked == [PATH]
    assert riksdagen.who == ["Tryggve (fragor@a.example)"]

    office.passes(days=1)
    await office.another().look()
    assert riksdagen.asked == [PATH, PATH]


async def test_a_clock_that_was_put_back_holds_nobody_up(
    office: Office, riksdagen: Riksdagen
) -> None:
    office.passes(days=400)
    await office.watch.look()
    office.passes(days=-400)
    await office.watch.look()
    assert riksdagen.asked == [PATH, PATH]


@pytest.mark.parametrize(
    ("status", "body", "fault"),
    [
        (404, b"", Fault.REFUSED),
        (503, act("varje år").encode(), Fault.REFUSED),
        (302, b"", Fault.REFUSED),
        (200, b"", Fault.NO_ACT),
        (200, b"<html>Underh\xc3\xa5ll</html>", Fault.NO_ACT),
        (200, act("varje år", number="2024:7").encode(), Fault.NO_ACT),
        (200, act("varje år").encode("latin-1"), Fault.NO_ACT),
        (200, b"SFS nr: 2023:196\n\n1 \xc2\xa7 En enda paragraf.", Fault.UNLIKE),
    ],
)
async def test_what_goes_wrong_is_named_and_changes_nothing(
    office: Office, riksdagen: Riksdagen, status: int, body: bytes, fault: Fault
) -> None:
    office.base = replace(office.base, reviews=reviewed((REVIEWED, wording())))
    await office.watch.look()
    riksdagen.answers(status, body, Location="/sfs-2023-196.text")
    office.passes(days=7)
    await office.watch.look()

    [told] = (await office.watch.standing()).acts
    assert (told.act, told.fault) == (ACT, fault)
    assert told.status == (str(status) if fault is Fault.REFUSED else "")
    assert told.read_at is not None
    assert await office.changed() == []

    # It is tried again the day after, and the fault is forgotten when it goes well.
    riksdagen.publishes(act("varje år"))
    office.passes(hours=23)
    await office.watch.look()
    assert await office.changed() == []
    office.passes(hours=1)
    await office.watch.look()
    assert await office.changed() == ["rakning"]
    assert (await office.watch.standing()).acts[0].fault is None


def _six(words: str, changed: int = 0) -> str:
    """An act of six sections, some of them with other words."""
    said = [f"{number} §   {words} {number}." for number in range(changed + 1, 7)]
    other = [f"{number} §   Nya ord {number}." for number in range(1, changed + 1)]
    return "SFS nr: 2023:196\n\n" + "\n\n".join(other + said)


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        (_six("Gamla ord", changed=3), 3),
        (_six("Gamla ord", changed=4), 0),  # the service has another shape
        (_six("Gamla ord", changed=6), 0),
        (_six("Gamla ord").replace("SFS nr: 2023:196", "SFS nr: 2023:196\nUpphävd: 2026-01-01"), 6),
    ],
)
async def test_when_nearly_all_has_changed_it_is_not_believed(
    office: Office, riksdagen: Riksdagen, text: str, changed: int
) -> None:
    sections = [Section(ACT, "", str(number)) for number in range(1, 7)]
    told = parse(_six("Gamla ord"), REVIEWED).sections
    reviews = {one: (Review(REVIEWED, fingerprint.of(told[one.place])),) for one in sections}
    office.base = Base((article("allt", REVIEWED, *sections),), reviews=reviews)
    riksdagen.publishes(text)
    await office.watch.look()

    assert len((await office.watch.standing()).changes) == changed
    assert ((await office.watch.standing()).acts[0].fault is Fault.DOUBTFUL) is not bool(changed)


async def test_too_much_is_not_read_to_its_end(office: Office, riksdagen: Riksdagen) -> None:
    riksdagen.answers(200, b"1 " * 5_000_000)
    with pytest.raises(LawUnread) as refused:
        await office.watch.fetch(ACT)
    assert refused.value.fault is Fault.TOO_LARGE


async def test_nobody_answers(office: Office, riksdagen: Riksdagen) -> None:
    await riksdagen.__aexit__()
    with pytest.raises(LawUnread) as refused:
        await office.watch.fetch(ACT)
    assert refused.value.fault is Fault.UNREACHABLE


async def test_a_section_that_is_gone_from_the_whole_act_is_repealed(
    office: Office, riksdagen: Riksdagen
) -> None:
    office.base = replace(office.base, articles=(article("sparande", REVIEWED, KEEPING),))
    await office.watch.look()
    shorter = act().replace("5 §   Kommunen ska spara räkningen.\n", "")
    riksdagen.publishes(shorter)
    office.passes(days=7)
    await office.watch.look()

    assert await office.changed() == ["sparande"]


async def test_a_section_that_is_not_in_a_part_of_the_act_has_not_changed(office: Office) -> None:
    office.base = replace(office.base, articles=(article("sparande", REVIEWED, KEEPING),))
    await office.watch.look()
    part = parse("# Lag (2023:196)\n\n### 4 §\n\nKommunen ska räkna allt.\n", REVIEWED)
    await office.watch.take_up(part)

    assert await office.changed() == []
    [change] = (await office.watch.standing()).changes
    assert change.section == COUNTING


async def test_what_nobody_has_reviewed_or_read_is_told(office: Office) -> None:
    before = await office.watch.standing()
    assert (before.unread, before.unreviewed) == ([COUNTING], [])

    await office.watch.look()
    after = await office.another().standing()
    assert (after.unread, after.unreviewed) == ([], [COUNTING])
