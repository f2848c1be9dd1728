"""The command `tryggve`: one sub-command for each thing an administrator or editor does.

Exit codes: 0 done, 1 refused or faults found, 2 wrong usage.
"""

import argparse
import asyncio
import uuid
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from bot import demo, doctor, knowledge_commands, playground, serving
from bot.lines import refuse, say
from bot.package import build_package
from bot.settings import SettingsError, read_settings, read_storage_settings
from bot.swedish_parser import SwedishParser
from dialogs.texts import text
from knowledge.directory.places import load_places
from knowledge.directory.service import DirectoryService, UnknownPlace
from knowledge.storage.database import Database
from knowledge.storage.schema import SchemaTooNew, is_current, migrate

T = TypeVar("T")


def main(arguments: list[str] | None = None) -> int:
    """Run one command. Returns the exit code."""
    chosen = _parser().parse_args(arguments)
    try:
        return int(chosen.run(chosen))
    except SettingsError as error:
        return refuse(text(f"settings.{error.fault}", name=error.name))
    except SchemaTooNew:
        return refuse(text("commands.schema_too_new"))
    except (OSError, ConnectionError) as error:
        return refuse(text("commands.no_database", url=type(error).__name__))
    except KeyboardInterrupt:
        return 0


def _parser() -> SwedishParser:
    parser = SwedishParser(prog="tryggve", description=text("commands.description"))
    commands = parser.add_subparsers(
        title=text("commands.commands"),
        metavar=text("commands.command"),
        required=True,
        dest="command",
    )

    def command(name: str, run: object) -> argparse.ArgumentParser:
        about = text(f"commands.{name}")
        sub = commands.add_parser(name, help=about, description=about)
        sub.set_defaults(run=run)
        return sub

    serve = command("serve", _serve)
    serve.add_argument("--demo", action="store_true", help=text("commands.serve_demo"))
    serve.add_argument("--host", help=text("commands.serve_host"))
    serve.add_argument("--port", type=int, help=text("commands.serve_port"))
    run = command("run", _run)
    run.add_argument("--port", type=int, default=3978, help=text("commands.serve_port"))
    knowledge_commands.add_ask(command("ask", knowledge_commands.ask))
    knowledge_commands.add_subcommands(command("knowledge", None))
    command("migrate", _migrate)
    seed = command("seed", _seed)
    seed.add_argument("--demo", action="store_true", help=text("commands.seed_demo"))
    grant = command("grant", _grant)
    grant.add_argument("--tenant", required=True, help=text("commands.grant_tenant"))
    grant.add_argument("--user", required=True, help=text("commands.grant_user"))
    grant.add_argument("--county", required=True, help=text("commands.grant_county"))
    grant.add_argument("--revoke", action="store_true", help=text("commands.grant_revoke"))
    package = command("package", _package)
    package.add_argument("--demo", action="store_true", help=text("commands.serve_demo"))
    package.add_argument("--out", type=Path, default="dist", help=text("commands.package_out"))
    check = command("doctor", _doctor)
    check.add_argument("--demo", action="store_true", help=text("commands.serve_demo"))
    return parser


def _serve(chosen: argparse.Namespace) -> int:
    settings = read_settings(demo=chosen.demo or None, host=chosen.host, port=chosen.port)
    return serving.serve(settings)


def _run(chosen: argparse.Namespace) -> int:
    return playground.run(chosen.port)


def _doctor(chosen: argparse.Namespace) -> int:
    return doctor.examine(demo=chosen.demo)


def _package(chosen: argparse.Namespace) -> int:
    path = build_package(read_settings(demo=chosen.demo or None), chosen.out)
    say(text("commands.packaged", path=path))
    return 0


def _migrate(_chosen: argparse.Namespace) -> int:
    _with_database(migrate)
    say(text("commands.migrated"))
    return 0


def _seed(chosen: argparse.Namespace) -> int:
    if not chosen.demo:
        return refuse(text("commands.seed_needs_demo"))
    if read_storage_settings().app_id:
        return refuse(text("commands.seed_refused"))
    if not _with_database(is_current):
        return refuse(text("commands.not_migrated"))
    added = _with_database(lambda database: demo.seed(database, datetime.now(UTC).date()))
    county = load_places().name_of(demo.COUNTY)
    say(text("commands.seeded", count=added, county=county))
    return 0


def _grant(chosen: argparse.Namespace) -> int:
    for value in (chosen.tenant, chosen.user):
        if not _is_uuid(value):
            return refuse(text("commands.bad_uuid", value=value))
    if not _with_database(is_current):
        return refuse(text("commands.not_migrated"))
    try:
        done = _with_database(lambda database: _change_role(database, chosen))
    except UnknownPlace as error:
        return refuse(text("commands.no_county", code=error.code))
    county = load_places().name_of(chosen.county)
    if not done:
        return refuse(text("commands.nothing_revoked", county=county))
    say(text("commands.revoked" if chosen.revoke else "commands.granted", county=county))
    return 0


async def _change_role(database: Database, chosen: argparse.Namespace) -> bool:
    directory = DirectoryService(database)
    tenant, user = chosen.tenant.lower(), chosen.user.lower()
    if chosen.revoke:
        if chosen.county not in directory.places.counties:
            raise UnknownPlace(chosen.county)
        return await directory.revoke(tenant, user, chosen.county)
    await directory.grant(tenant, user, chosen.county)
    return True


def _is_uuid(value: str) -> bool:
    try:
        return str(uuid.UUID(value)) == value.lower()
    except ValueError:
        return False


def _with_database(work: Callable[[Database], Awaitable[T]]) -> T:
    """Run `work` on this installation's database and close it."""

    async def run() -> T:
        database = Database(read_storage_settings().database_url)
        try:
            return await work(database)
        finally:
            await database.close()

    return asyncio.run(run())
