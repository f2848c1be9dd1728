"""`tryggve restore`: who has lost power since the copy was made gets none back by it."""

from pathlib import Path

import pytest

from tests.bot.commands.installation import ANNA, PREVIOUS, Installation, the_only, worked

LUND = ("--tenant", "22222222-2222-4333-8444-555555555555")
COUNTY = ("--county", "07")


def barred(office: Installation) -> dict[str, str]:
    rows = office.says("SELECT tenant_id || ' ' || state FROM tenants ORDER BY tenant_id")
    return dict(row.split() for row in rows)


def acts(office: Installation, kind: str) -> int:
    return len(office.says(f"SELECT id FROM audit WHERE kind = '{kind}'"))  # noqa: S608


def test_a_role_that_was_taken_back_since_the_copy_stays_taken_back(
    office: Installation, kept: Path
) -> None:
    office.says("INSERT INTO tenants (tenant_id, place) VALUES "  # noqa: S608
                f"('{ANNA[1]}', '0780')")  # fmt: skip
    karin = (*ANNA[:3], "00000000-0000-4000-8000-000000000002")
    for who in (ANNA, karin):
        worked(office.does("grant", *who, *COUNTY))
    worked(office.does("backup"))
    worked(office.does("grant", *ANNA, *COUNTY, "--revoke"))
    worked(office.does("grant", *karin, "--county", "08"))

    told = worked(office.does("restore", str(the_only(kept)), "--yes")).stdout
    assert "1 samordnares roll har tagits bort sedan kopian togs, och är nu borttagen igen." in told
    assert f"tryggve grant {' '.join(karin)} --county 08" in told
    assert office.says("SELECT object_id FROM roles") == [karin[3]]
    assert acts(office, "role_revoke") == 1
    told = worked(office.does("restore", str(the_only(kept)), "--yes")).stdout  # known there, too
    assert "borttagen igen" in told
    assert office.says("SELECT object_id FROM roles") == [karin[3]]


def test_a_role_that_was_given_again_before_the_restore_stays(
    office: Installation, kept: Path
) -> None:
    office.says(f"INSERT INTO tenants (tenant_id, place) VALUES ('{ANNA[1]}', '0780')")  # noqa: S608
    worked(office.does("grant", *ANNA, *COUNTY))
    worked(office.does("backup"))
    worked(office.does("grant", *ANNA, *COUNTY, "--revoke"))
    worked(office.does("grant", *ANNA, *COUNTY))

    told = worked(office.does("restore", str(the_only(kept)), "--yes")).stdout
    assert "roll" not in told
    assert office.says("SELECT object_id FROM roles") == [ANNA[3]]


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize(("how", "state"), [("suspend", "suspended"), ("remove", "removed")])
def test_an_organisation_that_was_shut_out_since_the_copy_stays_out(
    office: Installation, kept: Path, how: str, state: str, known: bool
) -> None:
    """Also where the copy does not know it, and the settings would let it in at the next start."""
    add = ("tenants", "add", *LUND, "--place", "1281")
    if known:
        worked(office.does(*add))
    worked(office.does("backup"))
    worked(office.does(*add))
    worked(office.does("tenants", "add", *ANNA[:2], "--place", "0780"))
    worked(office.does("tenants", how, *LUND))

    told = worked(office.does("restore", str(the_only(kept)), "--yes")).stdout
    assert "1 organisation har stängts ute sedan kopian togs" in told
    assert f"tryggve tenants add {' '.join(ANNA[:2])} --place 0780" in told
    assert barred(office) == {LUND[1]: state}


def test_a_copy_of_an_older_release_says_what_to_bar_again(
    office: Installation, kept: Path
) -> None:
    office.goes_back_to(PREVIOUS)
    for who in (ANNA[3], "00000000-0000-4000-8000-000000000002"):
        columns, values = "tenant_id, object_id, county", f"'{ANNA[1]}', '{who}', '07'"
        office.says(f"INSERT INTO roles ({columns}) VALUES ({values})")  # noqa: S608
    worked(office.does("backup"))
    worked(office.does("migrate"))
    worked(office.does("grant", *ANNA, *COUNTY, "--revoke"))
    worked(office.does("tenants", "add", *LUND, "--place", "1281"))
    worked(office.does("tenants", "suspend", *LUND))

    told = worked(office.does("restore", str(the_only(kept)), "--yes")).stdout
    revoke = f"grant --revoke {' '.join((*ANNA, *COUNTY))}"
    suspend = f"tenants suspend {' '.join(LUND)}"
    assert told.count("grant --revoke") == 1
    for command in (revoke, suspend):
        assert f"tryggve {command}" in told
    worked(office.does("migrate"))
    worked(office.does(*revoke.split()))


def test_a_new_and_empty_database_takes_no_roles_away(office: Installation, kept: Path) -> None:
    """After a disaster: nobody can say that the roles were taken back."""
    office.says("INSERT INTO roles (tenant_id, object_id, county) VALUES ('t', 'anna', '07')")
    office.says("INSERT INTO tenants (tenant_id, place) VALUES ('t', '0780')")
    worked(office.does("backup"))
    for table in ("roles", "tenants"):
        office.says(f"DELETE FROM {table}")  # noqa: S608

    worked(office.does("restore", str(the_only(kept)), "--yes"))
    assert office.says("SELECT object_id FROM roles") == ["anna"]
    assert barred(office) == {"t": "in"}
