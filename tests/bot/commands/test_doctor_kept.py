"""The doctor tells what the database says of what was decided: who is let in, what is purged."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Table, insert

from knowledge.delivery.tenants import tenants
from knowledge.questions.models import WhyOpen, open_questions
from knowledge.reports.models import reports
from knowledge.storage.database import Database
from tests.bot.commands.running import Command
from tests.bot.commands.test_doctor import GOOD, TENANT, levels

LUND = "22222222-2222-4333-8444-555555555555"


@pytest.fixture
def installation(database_url: str) -> dict[str, str]:
    return GOOD | {"TRYGGVE_DATABASE_URL": database_url}


def told(done: Any) -> dict[str, str]:
    """By name, what each finding says."""
    return {one["name"]: one["what"] for one in json.loads(done.stdout)["findings"]}


def keep(settings: dict[str, str], table: Table, **row: Any) -> None:
    """Something was left in the table some time ago."""

    async def work() -> None:
        database = Database(settings["TRYGGVE_DATABASE_URL"])
        async with database.write() as tx:
            await tx.execute(insert(table).values(row))
        await database.close()

    asyncio.run(work())


def ago(days: int) -> datetime:
    return datetime.now(UTC) - timedelta(days=days)


def test_organisations_are_counted_where_the_list_is_kept(
    tryggve: Command, installation: dict[str, str]
) -> None:
    doctor = ("doctor", "--offline", "--json")
    assert tryggve("tenants", "add", "--tenant", LUND, "--place", "1281", **installation)
    assert told(tryggve(*doctor, **installation))["tenants"].startswith("2 organisationer")

    for tenant in (LUND, TENANT):
        tryggve("tenants", "suspend", "--tenant", tenant, **installation)
    done = tryggve(*doctor, **installation)
    assert levels(done)["nobody_let_in"] == "fault"
    assert done.returncode == 1


def test_an_organisation_whose_municipality_is_no_more_is_told(
    tryggve: Command, installation: dict[str, str]
) -> None:
    keep(installation, tenants, tenant_id=LUND, place="0799", state="in", by_command=True)
    done = tryggve("doctor", "--offline", "--json", **installation)

    assert levels(done)["tenants_nowhere"] == "fault"
    assert told(done)["tenants_nowhere"].startswith("1 organisation hör till en kommun")


@pytest.mark.parametrize(
    ("days", "name", "level"),
    [(364, "never_purged", "ok"), (366, "never_purged", "ok"), (368, "not_purged", "fault")],
)
def test_where_nothing_is_purged_something_stands_still(
    tryggve: Command, installation: dict[str, str], days: int, name: str, level: str
) -> None:
    asked = {"question": "hur?", "kind": WhyOpen.UNANSWERED.value, "county": "07", "times": 1}
    keep(installation, open_questions, **asked, asked_at=ago(days))

    assert levels(tryggve("doctor", "--offline", "--json", **installation))[name] == level
    assert tryggve("retention", "purge", **installation).returncode == 0
    found = levels(tryggve("doctor", "--offline", "--json", **installation))
    assert found["purged" if days > 365 else "never_purged"] == "ok"


def test_without_a_decision_it_is_told_how_much_waits(
    tryggve: Command, installation: dict[str, str]
) -> None:
    installation["TRYGGVE_RETENTION_DECISION"] = ""
    done = tryggve("doctor", "--offline", "--json", **installation)
    assert levels(done)["undecided"] == "note"

    report = {"subject": "answer:lagen", "county": "07", "note": "", "act": "purged:1"}
    keep(installation, reports, **report, created_at=ago(400))
    done = tryggve("doctor", "--offline", "--json", **installation)
    assert told(done)["purging_waits"] == "1 rad är över tiden och väntar på ett gallringsbeslut"
    assert levels(done)["purging_waits"] == "note"
    assert "not_purged" not in levels(done)  # what waits for a decision does not stand still
