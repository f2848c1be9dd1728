"""Nothing personal is kept without a period: the register and the tables say the same."""

import pytest

import bot.app  # noqa: F401 - imports every table
from dialogs.own_data.periods import told
from knowledge.directory.models import people
from knowledge.retention.periods import DAYS, Kind, NoSuchPeriod, Periods
from knowledge.retention.register import Entry, Erase, register
from knowledge.retention.rows import references
from knowledge.retention.rules import every_rule
from knowledge.storage.database import metadata

ENTRIES = [pytest.param(entry, id=name) for name, entry in register().items()]


def test_every_table_is_in_the_register() -> None:
    assert register().keys() == metadata.tables.keys()


@pytest.mark.parametrize("entry", ENTRIES)
def test_every_column_is_in_one_class(entry: Entry) -> None:
    classes = [*entry.plain, *entry.personal, *entry.text, *entry.public]

    assert sorted(classes) == sorted(entry.table.c.keys()), "write new columns in register.toml"


@pytest.mark.parametrize("entry", ENTRIES)
def test_what_may_be_about_somebody_has_a_period(entry: Entry) -> None:
    if entry.about_people:
        assert Kind(entry.kind) in DAYS
    if entry.personal and entry.kind != Kind.REPORTS:
        assert entry.erase is not Erase.NOTHING, "say what becomes of it when somebody is erased"


@pytest.mark.parametrize("entry", ENTRIES)
def test_what_leads_to_somebody_is_found_again(entry: Entry) -> None:
    """By its own column, by an account, or by a way of its own in `subject.py`."""
    pointing = {column.name for column in references(people) if column.table is entry.table}
    accounts = {name for name in entry.table.c.keys() if name.endswith("object_id")}  # noqa: SIM118

    assert pointing == {*entry.person, *entry.others} - {"id"}
    if entry.name != "people":
        assert accounts == {f"{prefix}object_id" for prefix in entry.accounts}


def test_every_kind_with_a_period_is_carried_out() -> None:
    """But for people, who are erased whole, and roles, which somebody takes back."""
    carried_out = {rule.kind for rule in every_rule()}

    assert {kind for kind in Kind if DAYS[kind]} - carried_out == {Kind.PEOPLE}


def test_every_table_of_a_kind_is_purged_or_goes_with_another() -> None:
    purged = {rule.table.name for rule in every_rule()}
    with_others = {"people", "follows", "erasures", "roles", "training_reminders_off"}

    assert {entry.name for entry in register().values() if entry.about_people} - purged == (
        with_others
    )


def test_every_kind_is_explained() -> None:
    for one in told(Periods({})):
        assert one.what
        assert one.how_long.startswith("Sparas ")
        assert one.why.endswith(".")


@pytest.mark.parametrize(
    "chosen", [{"signups": 0}, {"evaluations": 10}, {"roles": 10}, {"everything": 10}]
)
def test_a_period_that_there_is_not_is_refused(chosen: dict[str, int]) -> None:
    with pytest.raises(NoSuchPeriod):
        Periods(chosen)
