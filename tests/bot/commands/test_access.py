"""`tryggve roles`, `tenants` and `audit`, on both databases."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.commands import main
from bot.commands.access.operator import operator
from knowledge.checksums import checksum

VAXJO = "11111111-2222-4333-8444-555555555555"
LUND = "22222222-2222-4333-8444-555555555555"
KERSTIN = "33333333-2222-4333-8444-555555555555"

ZEROS = "00000000-0000-0000-0000-000000000000"

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(
    database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Run]:
    """Runs `tryggve …` for Växjö. Exit code and what was printed."""
    for name in [name for name in os.environ if name.startswith("TRYGGVE_")]:
        monkeypatch.delenv(name)
    monkeypatch.delenv("SUDO_USER", raising=False)
    monkeypatch.setenv("LOGNAME", "driftinge")
    monkeypatch.setenv("TRYGGVE_DATABASE_URL", database_url)
    monkeypatch.setenv("TRYGGVE_TENANTS", json.dumps({VAXJO: "0780"}))

    def command(*words: str) -> tuple[int, str]:
        code = main([*words])
        printed = capsys.readouterr()
        return code, printed.out + printed.err

    return command


def grant(run: Run, tenant: str, *more: str) -> tuple[int, str]:
    return run("grant", "--tenant", tenant, "--user", KERSTIN, "--county", "07", *more)


def test_a_role_has_a_time_and_a_giver(run: Run) -> None:
    assert run("roles", "list") == (0, "Ingen är samordnare. Kör tryggve grant.\n")
    assert grant(run, VAXJO)[0] == 0

    code, said = run("roles", "list", "--county", "07")
    assert code == 0
    assert "Kronobergs län: någon som inte har skrivit till Tryggve än, sedan " in said
    assert f"av driftinge. Organisation {VAXJO}, person {KERSTIN}." in said
    (one,) = json.loads(run("roles", "list", "--json")[1])
    assert (one["county"], one["user"], one["granted_by"]) == ("07", KERSTIN, "driftinge")
    assert one["granted_at"]
    assert json.loads(run("roles", "list", "--county", "12", "--json")[1]) == []


def test_nobody_gets_a_role_in_an_organisation_that_is_not_let_in(run: Run) -> None:
    code, said = grant(run, LUND)
    assert code == 1
    assert f"Organisationen {LUND} är inte insläppt" in said
    assert run("tenants", "add", "--tenant", LUND, "--place", "1281")[0] == 0
    assert grant(run, LUND)[0] == 0
    assert run("tenants", "suspend", "--tenant", LUND)[0] == 0
    assert grant(run, LUND)[0] == 1
    assert grant(run, LUND, "--revoke")[0] == 0  # to take it back is always possible
    assert grant(run, VAXJO)[0] == 0


def test_the_list_tells_who_is_let_in_and_by_which_word(run: Run) -> None:
    run("tenants", "add", "--tenant", LUND.upper(), "--place", "1281")
    run("tenants", "add", "--tenant", KERSTIN, "--place", "00")
    run("tenants", "suspend", "--tenant", LUND)

    said = run("tenants", "list")[1]
    assert f"{checksum(LUND)}  {LUND}  Lund: avstängd, enligt tryggve tenants" in said
    assert f"{checksum(VAXJO)}  {VAXJO}  Växjö: insläppt, enligt TRYGGVE_TENANTS" in said
    assert "hela landet: insläppt" in said
    listed = json.loads(run("tenants", "list", "--json")[1])
    states = {one["tenant"]: (one["state"], one["by"]) for one in listed["tenants"]}
    assert states[LUND] == ("suspended", "command")
    assert states[VAXJO] == ("in", "setting")


def test_a_role_has_no_power_while_its_organisation_is_shut_out(run: Run) -> None:
    run("tenants", "add", "--tenant", LUND, "--place", "1281")
    grant(run, LUND)
    grant(run, VAXJO)
    for how in ("suspend", "remove"):
        run("tenants", how, "--tenant", LUND)
        said = run("roles", "list")[1].splitlines()
        assert [
            line.endswith("Gäller inte: organisationen är inte insläppt.") for line in said
        ] == [LUND in line for line in said]
        told = json.loads(run("roles", "list", "--json")[1])
        assert {one["tenant"]: one["has_power"] for one in told} == {VAXJO: True, LUND: False}

        said = run("tenants", "add", "--tenant", LUND, "--place", "1281")[1]
        assert "En roll som samordnare gäller där igen." in said
    assert "gäller där igen" not in run("tenants", "add", "--tenant", LUND, "--place", "1282")[1]
    assert "inte insläppt" not in run("roles", "list")[1]


def test_who_stands_in_the_settings_only_can_be_shut_out_before_the_first_start(run: Run) -> None:
    assert "Växjö är avstängd" in run("tenants", "suspend", "--tenant", VAXJO)[1]

    assert grant(run, VAXJO)[0] == 1


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (["add", "--tenant", "x", "--place", "1281"], "”x” är inget id från Entra"),
        (["add", "--tenant", ZEROS, "--place", "1281"], f"”{ZEROS}” är inget id från Entra"),
        (["add", "--tenant", LUND, "--place", "9999"], "inget län med koden ”9999”"),
        (["suspend", "--tenant", LUND], f"Organisationen {LUND} finns inte i listan"),
        (["remove", "--tenant", LUND], f"Organisationen {LUND} finns inte i listan"),
    ],
)
def test_what_is_wrong_is_one_line(run: Run, words: list[str], fault: str) -> None:
    code, said = run("tenants", *words)

    assert code == 1
    assert fault in said
    assert len(said.splitlines()) == 1


def test_what_is_done_with_the_whole_database_is_in_the_log(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TRYGGVE_BACKUP_DIR", str(tmp_path / "copies"))
    assert run("migrate")[0] == 0  # it is as new as can be: nothing is done
    assert run("audit", "--kind", "database") == (0, "Loggen har inget sådant.\n")
    assert run("backup")[0] == 0
    assert run("retention", "purge")[0] == 0
    (copy,) = (tmp_path / "copies").iterdir()
    assert "Driften (driftinge) gallrade för hand, 0 rader." in run("audit")[1]
    assert run("restore", str(copy), "--yes")[0] == 0

    (told,) = run("audit")[1].splitlines()  # the copy was made before its own line
    assert "Driften (driftinge) lade tillbaka databasen från en säkerhetskopia." in told


def test_the_first_line_of_a_new_database_tells_who_made_it(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TRYGGVE_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path / 'new.db'}")
    assert run("migrate")[0] == 0

    (told,) = run("audit")[1].splitlines()
    assert "Driften (driftinge) anpassade databasen till en ny version." in told


def test_the_audit_tells_who_did_what(run: Run) -> None:
    assert run("audit") == (0, "Loggen har inget sådant.\n")
    grant(run, VAXJO)
    grant(run, VAXJO)  # it had been given already
    run("tenants", "add", "--tenant", LUND, "--place", "1281")
    run("tenants", "remove", "--tenant", LUND)
    run("sender", "pause")
    run("sender", "resume")
    grant(run, VAXJO, "--revoke")

    told = run("audit")[1].splitlines()
    assert [line.split("[")[-1].rstrip("]") for line in told] == [
        "role_revoke", "sender_resume", "sender_pause", "tenant_remove", "tenant_add", "role_grant",
    ]  # fmt: skip
    assert f"Driften (driftinge) gjorde {KERSTIN} till samordnare för Kronobergs län." in told[-1]
    assert "Driften (driftinge) släppte in Lund." in told[-2]
    assert len(run("audit", "--kind", "tenant")[1].splitlines()) == 2
    assert len(run("audit", "--kind", "role_grant")[1].splitlines()) == 1
    assert len(run("audit", "--county", "12")[1].splitlines()) == 2
    assert run("audit", "--since", "2999-01-01")[1] == "Loggen har inget sådant.\n"
    assert len(run("audit", "--most", "1")[1].splitlines()) == 1
    assert "Det finns ingen sort som heter kaffe" in run("audit", "--kind", "kaffe")[1]
    first = json.loads(run("audit", "--json")[1].splitlines()[-1])
    assert first["by"] == {"tenant": "", "user": "driftinge"}
    assert first["whom"] == {"tenant": VAXJO, "user": KERSTIN}
    assert (first["kind"], first["counties"]) == ("role_grant", ["07"])


def test_behind_sudo_it_is_known_who_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "root")
    monkeypatch.setenv("SUDO_USER", "anna")

    assert operator().object_id == "anna"
