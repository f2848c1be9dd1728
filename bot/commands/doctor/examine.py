"""The round of the house: one list of checks, each of which tells what it finds."""

import argparse
import asyncio
import json
import platform
from collections.abc import Iterator
from functools import cache

from bot.commands.doctor import environment, itself, meaning, outside, storage, upkeep
from bot.commands.doctor.findings import Finding, Level, fault, fine, refused
from bot.settings import Settings, SettingsError, faults_of, read_settings, read_storage_settings
from bot.terminal import say
from knowledge.answers.articles.check import problems
from knowledge.answers.articles.loader import load, shipped_content
from knowledge.answers.search.meaning import installed


def examine(chosen: argparse.Namespace) -> int:
    """Print every finding. Returns 1 when something must be mended before people can use it."""
    with environment.of_file(chosen.env_file):
        found = _findings(demo=chosen.demo, offline=chosen.offline)
        findings = [*dict.fromkeys(found)]  # what is in the way of two things is told once
    worst = max((one.level for one in findings), key=[*Level].index)
    if chosen.json:
        told = {"worst": worst.value, "findings": [one.as_json for one in findings]}
        say(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        for one in findings:
            say(one.line)
    return 1 if worst is Level.FAULT else 0


def _findings(*, demo: bool, offline: bool) -> Iterator[Finding]:
    yield fine("python", version=platform.python_version())
    yield from _content()
    yield from environment.names()
    chosen = {"demo": demo or None}
    if wrong := faults_of(**chosen):
        yield from map(refused, wrong)
        yield from _storage_alone()
        return
    settings = read_settings(**chosen)
    yield from meaning.settings(settings)
    yield from (unreadable := meaning.certificates(settings))
    yield from asyncio.run(storage.findings(settings))
    yield from upkeep.findings(settings)
    if not (offline or unreadable):
        yield from outside.findings(settings)
        yield from itself.findings(settings)


def _storage_alone() -> Iterator[Finding]:
    """The database is looked at also where the rest cannot be read."""
    try:
        settings: Settings = read_storage_settings()
    except SettingsError:
        return
    yield from asyncio.run(storage.findings(settings))


@cache  # it is the same for as long as the process lives
def _content() -> tuple[Finding, ...]:
    if faults := problems(shipped_content()):
        return (fault("content_bad", count=len(faults)),)
    base = load(shipped_content())
    model = installed()
    told = fine("content", articles=len(base.articles), terms=len(base.terms))
    return told, fine("embeddings", model=model) if model else fine("no_embeddings")
