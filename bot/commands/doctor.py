"""`tryggve doctor`: what is missing or wrong in this installation, with the cure."""

import argparse
import asyncio
import platform
from collections.abc import Iterator
from datetime import date, datetime

from bot.commands.database import refusal_of
from bot.settings import Settings, SettingsError, read_settings
from bot.terminal import say
from dialogs.conversation import swedish
from dialogs.conversation.swedish import SWEDEN
from dialogs.conversation.texts import text
from knowledge.alarms.models import WARN_DAYS
from knowledge.alarms.service import AlarmService
from knowledge.alarms.writing import WriteCheck
from knowledge.answers.articles.check import problems
from knowledge.answers.articles.loader import load, shipped_content
from knowledge.answers.search.meaning import installed
from knowledge.directory.service import DirectoryService
from knowledge.storage.address import BadAddress
from knowledge.storage.database import Database
from knowledge.storage.schema import is_current

FINE, NOTE, FAULT = "doctor_fine", "doctor_note", "doctor_fault"

Finding = tuple[str, str]
"""How bad it is, and what it is."""


def examine(chosen: argparse.Namespace) -> int:
    """Print every finding. Returns 1 when something must be mended before people can use it."""
    findings = [(FINE, text("commands.doctor_python", version=platform.python_version()))]
    findings += _content()
    try:
        settings = read_settings(demo=chosen.demo or None)
    except SettingsError as error:
        findings.append((FAULT, text(error.key, **error.values)))
    else:
        findings += _settings(settings)
        findings += asyncio.run(_database(settings))
    for kind, what in findings:
        say(text(f"commands.{kind}", what=what))
    return 1 if any(kind == FAULT for kind, _ in findings) else 0


def _content() -> Iterator[Finding]:
    faults = problems(shipped_content())
    if faults:
        yield FAULT, text("commands.doctor_content_bad", count=len(faults))
        return
    base = load(shipped_content())
    counts = {"articles": len(base.articles), "terms": len(base.terms)}
    yield FINE, text("commands.doctor_content", **counts)
    model = installed()
    key = "commands.doctor_embeddings" if model else "commands.doctor_no_embeddings"
    yield FINE, text(key, model=model)


def _settings(settings: Settings) -> Iterator[Finding]:
    yield FINE, text("commands.doctor_settings")
    if settings.demo:
        yield NOTE, text("commands.doctor_demo")
    if not settings.public_url:
        yield NOTE, text("commands.doctor_public_url")
    if not settings.organisation or not settings.contact_email:
        yield NOTE, text("commands.doctor_contact")
    if settings.app_password.get_secret_value():
        yield _secret(settings.secret_expires or None, datetime.now(SWEDEN).date())


def _secret(expires: date | None, today: date) -> Finding:
    """Nobody but the administrator knows the day: Microsoft does not tell the bot."""
    if expires is None:
        return NOTE, text("commands.doctor_secret_unknown")
    day = swedish.day(expires)
    if expires < today:
        return FAULT, text("commands.doctor_secret_expired", day=day)
    if (expires - today).days <= WARN_DAYS:
        return NOTE, text("commands.doctor_secret_soon", day=day)
    return FINE, text("commands.doctor_secret", day=day)


async def _database(settings: Settings) -> list[Finding]:
    try:
        database = Database(settings.database_url)
    except BadAddress as error:
        return [(FAULT, _said(error, settings))]
    if database.file and not database.file.path.parent.is_dir():
        return [(FAULT, text("database.unusable.no_folder", url=database.without_password))]
    if database.file and not database.file.path.exists():  # to open it would make an empty one
        return [(FAULT, text("commands.doctor_no_file", path=database.file.path))]
    try:
        current = await is_current(database)
    except Exception as error:
        return [(FAULT, _said(error, settings))]
    else:
        kind = "SQLite" if database.is_sqlite else "PostgreSQL"
        findings = [(FINE, text("commands.doctor_database", kind=kind))]
        if not current:
            return [*findings, (FAULT, text("commands.doctor_schema_old"))]
        findings.append((FINE, text("commands.doctor_schema")))
        findings.append(await _writing(database))
        coordinators = await DirectoryService(database).count_coordinators()
        if coordinators:
            found = text("commands.doctor_coordinators", count=coordinators)
            return [*findings, (FINE, found)]
        return [*findings, (NOTE, text("commands.doctor_no_coordinators"))]
    finally:
        await database.close()


def _said(error: Exception, settings: Settings) -> str:
    refusal = refusal_of(error, settings.database_url)
    if refusal is None:
        raise error
    return text(refusal.key, **refusal.values)


async def _writing(database: Database) -> Finding:
    """Whether something can be saved, tried by saving something."""
    check = WriteCheck(database, AlarmService(database))
    await check.look()
    if check.fault is None:
        return FINE, text("commands.doctor_writable")
    return FAULT, text(f"commands.doctor_unwritable.{check.fault.value}")
