"""What the papers say of copies, logs, proxies and places is what is delivered."""

import re
from datetime import UTC, datetime

from bot.commands.node import ROOT
from bot.parts.own_data import OwnDataParts
from bot.settings import Settings
from knowledge.directory.service import DirectoryService
from knowledge.retention.register import register
from knowledge.storage.database import Database
from tests.deploy.files import DEPLOY, compose
from tests.deploy.test_azure import MAIN, TEXT
from tests.deploy.test_integritet import PAGE

NGINX = (DEPLOY / "proxy" / "nginx.conf").read_text("utf-8")
CADDY = (DEPLOY / "proxy" / "Caddyfile").read_text("utf-8")
COPIES, LOG_DAYS = 14, 30


def section(heading: str) -> str:
    return re.split(r"\n#", PAGE.split(f"# {heading}\n", 1)[1])[0]


def test_every_question_leads_to_its_answer() -> None:
    asked = section("Frågorna, och var svaret står")
    answers = re.findall(r"\*([^*]+)\*", asked)

    assert len(answers) > 15
    assert [one for one in answers if not re.search(rf"^##+ {re.escape(one)}$", PAGE, re.M)] == []


def test_copies_are_kept_as_long_as_told() -> None:
    unit = (DEPLOY / "systemd" / "tryggve-backup.service").read_text("utf-8")
    backup = compose()["services"]["backup"]

    assert f"de {COPIES} nyaste" in section("Säkerhetskopior")
    assert f"tryggve backup --keep {COPIES}\n" in unit
    assert backup["command"] == ["tryggve", "backup", "--keep", str(COPIES)]
    assert backup["profiles"] == ["backup"]  # only when it is asked for
    assert int(MAIN["parameters"]["backupDays"]["default"]) == COPIES
    assert register()["erased_accounts"].kind == "erased"


def test_logs_are_kept_as_long_as_told() -> None:
    told, services = section("Loggar"), compose()["services"]

    assert f"{LOG_DAYS} dagar" in told
    assert f"retentionInDays: {LOG_DAYS}\n" in TEXT
    assert f"MaxRetentionSec={LOG_DAYS}day" in (DEPLOY / "server.md").read_text("utf-8")
    assert "fem filer på 20 MB" in told
    for service in services.values():
        assert service["logging"]["options"] == {"max-size": "20m", "max-file": "5"}


def test_no_proxy_writes_down_who_opens_what() -> None:
    assert "access_log off;" in NGINX
    assert not re.search(r"^\s*access_log (?!off)", NGINX, re.MULTILINE)
    assert not re.search(r"^\s*log\b", CADDY, re.MULTILINE)  # Caddy keeps none unless it is asked


def test_the_databases_log_has_no_values() -> None:
    """PostgreSQL's DETAIL tells the values of a key that was there already."""
    assert "log_error_verbosity=terse" in compose()["services"]["postgres"]["command"]


def test_what_comes_in_comes_by_https() -> None:
    plain, secure = NGINX.split("server {")[1:]

    assert "listen 80;" in plain
    assert "return 301 https://" in plain
    assert "proxy_pass" not in plain
    assert "listen 443 ssl" in secure
    assert compose()["services"]["proxy"]["environment"]["PROXY_SITE"].startswith("https://")
    assert TEXT.count("allowInsecure: false") == TEXT.count("external: true") > 0


def test_every_resource_is_where_it_is_told() -> None:
    placed = set(re.findall(r"^\s+location: (.+)$", TEXT, re.MULTILINE))

    assert placed == {"location", "botLocation", "'global'"}
    resources = re.split(r"^resource ", TEXT, flags=re.MULTILINE)[1:]
    kinds = [one.split("'")[1] for one in resources if "location: botLocation" in one]
    assert {one.split("/")[0] for one in kinds} == {"Microsoft.BotService"}


def test_every_dependency_is_locked_with_its_checksum() -> None:
    for lock in ROOT.glob("requirements*.lock"):
        if lock.name == "requirements-node.lock":
            continue
        packages = re.split(r"^(?=[\w.-]+(?:\[\w+\])?==)", lock.read_text("utf-8"), flags=re.M)[1:]
        assert packages, lock.name
        assert [one.split()[0] for one in packages if "--hash=sha256:" not in one] == []


def test_what_is_published_is_told() -> None:
    """Words that are an authority's own are not looked through, so each of their tables is told."""
    published = {entry.name for entry in register().values() if entry.public}

    assert published <= set(re.findall(r"`(\w+)`", section("Utanför tabellen")))


def test_no_column_is_for_other_ways_to_reach_somebody() -> None:
    columns = {column for entry in register().values() for column in entry.about_people}

    assert not [one for one in columns if re.search(r"phone|tele|mail|street|zip|home", one)]


async def test_purging_is_done_every_hour(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    own_data = OwnDataParts(
        Settings(demo=True), DirectoryService(database), lambda: datetime.now(UTC)
    )
    [chore] = [one for one in own_data.chores() if one.name == "retention"]
    await database.close()

    assert chore.every == 3600


WRITTEN = {
    "bot/commands/privacy/own_eyes.py": "what somebody at a terminal has asked for",
    "bot/commands/processes.py": "the local trial's own log",
    "bot/commands/fit/wants.py": "weights, from a checkout",
    "knowledge/answers/evaluation/fit.py": "weights, from a checkout",
    "knowledge/answers/articles/editing.py": "articles",
    "knowledge/answers/articles/reviews.py": "days on which sections were read",
    "knowledge/answers/search/kept_vectors.py": "vectors of articles",
}
"""All files that the program writes itself, but for the database and its copies."""


def test_nothing_is_written_to_a_file_but_what_is_known() -> None:
    """Whoever lets the program write another one tells the officer what is in it."""
    writes = re.compile(
        r"write_text\(|write_bytes\(|open\([^)]*[\"'][wa]b?[\"']|NamedTemporary|mkstemp"
    )
    found = {
        path.relative_to(ROOT).as_posix()
        for folder in ("bot", "dialogs", "knowledge")
        for path in (ROOT / folder).rglob("*.py")
        if writes.search(path.read_text("utf-8"))
    }

    assert found == WRITTEN.keys()
