"""Rows about acts, their sections and the words of each wording."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import RowMapping, bindparam, select, update

from knowledge.answers.sections import Section, written
from knowledge.laws.models import (
    ActState,
    Fault,
    LawUnread,
    Seen,
    law_acts,
    law_sections,
    law_wordings,
)
from knowledge.storage.database import Database, Moment, Reading, Writing
from knowledge.storage.many_rows import insert_new

_of_acts = law_sections.c.act.in_(bindparam("acts", expanding=True))
_SECTIONS = select(law_sections).where(_of_acts)
_PLACES = _SECTIONS.where(law_sections.c.place.in_(bindparam("places", expanding=True)))

_now, _latest = bindparam("now", type_=Moment), bindparam("latest", type_=Moment)
_first_due = (
    select(law_acts.c.act)
    .where(law_acts.c.act.in_(bindparam("acts", expanding=True)))
    # Further ahead than is ever set: the clock has been put back.
    .where((law_acts.c.due <= _now) | (law_acts.c.due > _latest))
    .order_by(law_acts.c.due, law_acts.c.act)
    .limit(1)
    .with_for_update(skip_locked=True)
    .cte("first")
    .prefix_with("MATERIALIZED", dialect="postgresql")
)
_CLAIM = (
    update(law_acts)
    .where(law_acts.c.act.in_(select(_first_due.c.act)))
    .values(due=bindparam("again", type_=Moment))
    .returning(law_acts.c.act)
)


async def list_seen(tx: Reading | Writing, sections: Collection[Section]) -> dict[Section, Seen]:
    """These sections as they were last read; those that never were are left out."""
    rows = await tx.execute(_PLACES, _named(sections))
    return _seen(rows.mappings().all())


async def find_seen(database: Database, sections: Collection[Section]) -> dict[Section, Seen]:
    """The same in one trip, for whoever waits for an answer."""
    return _seen(await database.single(_PLACES, **_named(sections)))


async def list_act(tx: Writing, act: str) -> dict[str, str]:
    """The fingerprints of everything read of one act, by place."""
    rows = await tx.execute(_SECTIONS, {"acts": [act]})
    return {row["place"]: row["fingerprint"] for row in rows.mappings()}


async def save_sections(
    tx: Writing, database: Database, act: str, found: Mapping[str, str], known: Mapping[str, str]
) -> int:
    """Each place has this wording now; `known` is what was there. Returns how many have changed."""
    new = [
        {"act": act, "place": place, "fingerprint": found[place], "first": found[place]}
        for place in sorted(found.keys() - known.keys())
    ]
    await insert_new(tx, database, law_sections, new)
    both = sorted(known.keys() & found.keys())
    changed = [place for place in both if found[place] != known[place]]
    for place in changed:
        its = (law_sections.c.act == act) & (law_sections.c.place == place)
        await tx.execute(update(law_sections).where(its).values(fingerprint=found[place]))
    return len(changed)


async def save_wordings(tx: Writing, database: Database, words: Mapping[str, str]) -> None:
    """Keep the words of these fingerprints."""
    rows = [{"fingerprint": one, "words": words[one]} for one in sorted(words)]
    await insert_new(tx, database, law_wordings, rows)


async def find_words(tx: Reading, fingerprints: Collection[str]) -> dict[str, str]:
    """The words of those wordings that have ever been read here."""
    known = law_wordings.c.fingerprint.in_([*fingerprints])
    rows = await tx.execute(select(law_wordings).where(known))
    return {row["fingerprint"]: row["words"] for row in rows.mappings()}


async def follow_acts(
    tx: Writing, database: Database, acts: Collection[str], now: datetime
) -> None:
    """Acts that are new to us are due at once."""
    for act in sorted(acts):
        row = database.insert(law_acts).values(act=act, due=now, fault="")
        await tx.execute(row.on_conflict_do_nothing())


async def claim_act(
    database: Database, acts: Collection[str], now: datetime, again: datetime, within: timedelta
) -> str | None:
    """The act that has been due for longest, for this process alone. It is due `again` then."""
    times = {"now": now, "latest": now + within, "again": again}
    rows = await database.single(_CLAIM, acts=[*acts], **times)
    return str(rows[0]["act"]) if rows else None


async def note_read(
    tx: Writing, database: Database, act: str, now: datetime, due: datetime
) -> None:
    """The act was read."""
    row = {"read_at": now, "due": due, "fault": ""}
    new = database.insert(law_acts).values(act=act, **row)
    await tx.execute(new.on_conflict_do_update(index_elements=["act"], set_=row))


async def note_fault(
    tx: Writing, database: Database, act: str, error: LawUnread, now: datetime
) -> None:
    """The act could not be read. What is known of it stays."""
    said = f"{error.fault.value} {error.status}".strip()
    new = database.insert(law_acts).values(act=act, due=now, fault=said)
    await tx.execute(new.on_conflict_do_update(index_elements=["act"], set_={"fault": said}))


async def list_acts(tx: Reading) -> list[ActState]:
    """How it stands with every act that was ever asked for."""
    rows = await tx.execute(select(law_acts).order_by(law_acts.c.act))
    return [_state(row["act"], row["read_at"], row["fault"]) for row in rows.mappings()]


def _state(act: str, read_at: datetime | None, said: str) -> ActState:
    fault, _, status = said.partition(" ")
    return ActState(act, read_at, Fault(fault) if fault else None, status)


def _named(sections: Collection[Section]) -> dict[str, list[str]]:
    return {
        "acts": sorted({one.act for one in sections}),
        "places": sorted({one.place for one in sections}),
    }


def _seen(rows: Sequence[RowMapping]) -> dict[Section, Seen]:
    named = ((written(f"{row['act']} {row['place']}"), row) for row in rows)
    return {one: Seen(row["fingerprint"], row["first"]) for one, row in named if one}
