"""`tryggve sender status|pause|resume|retry`: the sender, looked at and steered from outside."""

import argparse
import json
from collections.abc import Awaitable, Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, TypeVar

from bot.commands.access.operator import operator
from bot.commands.database import demand_current_schema, with_database
from bot.log import code_of
from bot.settings import read_storage_settings
from bot.terminal import Refusal, say
from dialogs.conversation import swedish
from dialogs.conversation.texts import text
from knowledge.alarms.service import AlarmService
from knowledge.announcements.refusals import NotFound, NotSent
from knowledge.delivery import pauses
from knowledge.delivery.models import Status
from knowledge.delivery.standing import Standing, list_announcements, read_standing
from knowledge.directory.places import load_places
from knowledge.follow_up import operation
from knowledge.storage.database import Database
from knowledge.tenants.following import let_in_by

T = TypeVar("T")

Announced = Mapping[str, tuple[int, int]]
"""By an announcement's number, how many wait and how many failed."""

ENDS = (Status.FAILED, Status.BLOCKED, Status.NOT_INSTALLED, Status.UNCERTAIN)


def status(chosen: argparse.Namespace) -> int:
    """Print how the sender stands."""
    demand_current_schema()
    standing, refused_since, announced = with_database(_read)
    if chosen.json:
        as_json = _as_json(standing, refused_since) | {"announcements": _as_objects(announced)}
        say(json.dumps(as_json, ensure_ascii=False, indent=2))
        return 0
    if refused_since:
        say(text("sender.refused", moment=swedish.moment(refused_since)))
    for line in (*_paused(standing), *_rows(standing), *_ends(standing)):
        say(line)
    for line in (*_announcements(announced), *_lags(standing)):
        say(line)
    return 0


def pause(chosen: argparse.Namespace) -> int:
    """Hold everything, or one announcement, back."""
    return _switch(chosen.announcement, on=False)


def resume(chosen: argparse.Namespace) -> int:
    """Go on with everything, or with one announcement."""
    return _switch(chosen.announcement, on=True)


def retry(chosen: argparse.Namespace) -> int:
    """Send again to those where it failed; what is uncertain is left alone."""
    demand_current_schema()
    number, by = chosen.announcement, operator()
    count = _on_sent(number, lambda database: operation.send_refused_again(database, number, by))
    say(text("sender.retried", count=count))
    return 0


async def _read(database: Database) -> tuple[Standing, datetime | None, Announced]:
    async with database.read() as tx:
        standing, announced = await read_standing(tx), await list_announcements(tx)
    return standing, await AlarmService(database).refused_since(), announced


def _as_json(standing: Standing, refused_since: datetime | None) -> dict[str, Any]:
    return {
        "depth": standing.depth,
        "waiting": standing.waiting,
        "later": standing.later,
        "under_way": standing.under_way,
        "oldest_due_seconds": round(standing.oldest, 1),
        "sent_lately": standing.sent_lately,
        "throttled": standing.throttled,
        "failed": {
            reason: times
            for (ended, reason), times in standing.ended_badly.items()
            if ended is Status.FAILED
        },
        "blocked": standing.count(Status.BLOCKED),
        "not_installed": standing.count(Status.NOT_INSTALLED),
        "uncertain": standing.uncertain,
        "paused": list(standing.paused),
        "tenant_lag_seconds": {place: round(lag, 1) for place, lag in _by_place(standing)},
        "secret_refused_since": refused_since.isoformat() if refused_since else None,
    }


def _as_objects(announced: Announced) -> dict[str, dict[str, int]]:
    return {
        number: {"queued": waits, "failed": failed} for number, (waits, failed) in announced.items()
    }


def _announcements(announced: Announced) -> Iterator[str]:
    for number, (waits, failed) in announced.items():
        yield text("sender.announcement", number=number, waits=waits, failed=failed)


def _paused(standing: Standing) -> Iterator[str]:
    if not standing.paused:
        yield text("sender.not_paused")
    for group in standing.paused:
        if group == pauses.EVERYTHING:
            yield text("sender.all_paused")
        else:
            yield text("sender.one_paused", number=group.removeprefix("announcement:"))


def _rows(standing: Standing) -> Iterator[str]:
    yield _row(text("sender.depth"), standing.depth)
    yield _row(text("sender.waiting"), standing.waiting)
    yield _row(text("sender.later"), standing.later)
    yield _row(text("sender.under_way"), standing.under_way)
    yield _row(text("sender.oldest"), text("sender.seconds", number=round(standing.oldest)))
    yield _row(text("sender.sent_lately"), standing.sent_lately)
    yield _row(text("sender.throttled"), standing.throttled)


def _ends(standing: Standing) -> Iterator[str]:
    """Each way not to arrive, with the reasons Teams gave."""
    for ended in ENDS:
        yield _row(text(f"sender.{ended.value}"), standing.count(ended))
        for (status, reason), times in standing.ended_badly.items():
            if status is ended and reason:
                yield _row(f"  {reason}", times)


def _lags(standing: Standing) -> Iterator[str]:
    if standing.lags:
        yield text("sender.lags")
    for place, lag in _by_place(standing):
        name = load_places().name_of(place) or place
        yield _row(f"  {name}", text("sender.seconds", number=round(lag)))


def _by_place(standing: Standing) -> list[tuple[str, float]]:
    """Municipality or stand-in for the tenant, the one that lags most first."""
    tenants = with_database(_let_in)
    lags = [(code_of(tenant, tenants), lag) for tenant, lag in standing.lags.items()]
    return sorted(lags, key=lambda one: -one[1])


async def _let_in(database: Database) -> dict[str, str]:
    async with database.read() as tx:
        return await let_in_by(tx, read_storage_settings().tenants)


def _row(name: str, value: object) -> str:
    return f"{name:<36}{value:>10}"


def _switch(number: int | None, *, on: bool) -> int:
    demand_current_schema()
    by = operator()
    if number is None:
        all_of_it = operation.let_all_leave if on else operation.hold_all_back
        with_database(lambda database: all_of_it(database, by))
        say(text("sender.resumed_all" if on else "sender.paused_all"))
        return 0
    steer = operation.let_leave if on else operation.hold_back
    _on_sent(number, lambda database: steer(database, number, by))
    say(text("sender.resumed_one" if on else "sender.paused_one", number=number))
    return 0


def _on_sent(number: int, work: Callable[[Database], Awaitable[T]]) -> T:
    """Do it to an announcement that has been sent; say so when there is none."""
    try:
        return with_database(work)
    except NotFound:
        raise Refusal("sender.no_announcement", number=number) from None
    except NotSent:
        raise Refusal("sender.not_sent", number=number) from None
