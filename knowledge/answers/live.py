"""A library that follows its folder: an edited article is answered from without a restart."""

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import structlog

from knowledge.answers.articles.loader import ContentError, load
from knowledge.answers.library import Library
from knowledge.answers.models import Article, Base, Found, Term
from knowledge.answers.roles import Roles
from knowledge.answers.search.meaning import Encoder
from knowledge.building import building

EVERY = 5.0
"""How often, in seconds, the folder is looked at."""

_TURN = 0.0005
"""Seconds that the building of an index may keep the interpreter. Python's own 5 ms, many times
over, would be felt in the chats."""

log = structlog.get_logger()

Stamp = frozenset[tuple[str, int, int]]


class LiveLibrary:
    """One library at a time: the latest that could be built from its folder.

    A library never changes, so a question is answered to the end by the one that it began with.
    """

    def __init__(self, folder: Path, encoder: Encoder | None = None) -> None:
        """Ready at once, by letters alone. `look` adds what the encoder knows."""
        self._folder = folder
        self._encoder = encoder
        self._stamp = stamp(folder)
        self.current = Library(load(folder))

    @property
    def base(self) -> Base:
        return self.current.base

    def article(self, id: str) -> Article | None:
        return self.current.article(id)

    def term(self, id: str) -> Term | None:
        return self.current.term(id)

    def related(self, id: str) -> tuple[Article, ...]:
        return self.current.related(id)

    @property
    def roles(self) -> Roles:
        return self.current.roles

    def chosen(self, id: str, question: str = "") -> Found:
        return self.current.chosen(id, question)

    def for_role(self, id: str, role: str, question: str = "") -> Found:
        return self.current.for_role(id, role, question)

    def ask(self, question: str, about: str = "") -> Found:
        return self.current.ask(question, about)

    async def find(self, question: str, about: str = "") -> Found:
        return await self.current.find(question, about)

    def knows(self, word: str) -> bool:
        return self.current.knows(word)

    async def look(self) -> None:
        """Add what the encoder knows, the first time; take up what has changed, every time."""
        if self._encoder and not self.current.reads_meaning:
            await self._learn_meanings()
        try:
            await self.refresh()
        except OSError as error:  # a file that is being moved; the next look finds it
            log.warning("articles", outcome="unreadable", kind=type(error).__name__)

    async def refresh(self) -> bool:
        """Take up what has changed. Returns whether a new library was swapped in.

        A fault leaves the old one in place, and each file to mend is named in the log, once.
        """
        found = await asyncio.to_thread(stamp, self._folder)
        if found == self._stamp:
            return False
        # Before the reading: what changes from here on is seen at the next look.
        self._stamp = found
        return await self._renew()

    async def _learn_meanings(self) -> None:
        try:
            await self._renew()
        except Exception:  # the model is an extra: without it, questions are read by letters
            log.exception("meanings", outcome="unavailable")
            self._encoder = None

    async def _renew(self) -> bool:
        try:
            with _taking_short_turns():
                library = await asyncio.to_thread(self._read)
        except ContentError as error:
            for problem in error.problems:
                log.error("articles", outcome="kept", file=problem.file, field=problem.field)
            return False
        self.current = library
        about = {"count": len(library.base.articles), "meanings": library.reads_meaning}
        log.info("articles", outcome="renewed", **about)
        return True

    def _read(self) -> Library:
        return Library(load(self._folder), self._encoder)


@contextmanager
def _taking_short_turns() -> Iterator[None]:
    """Lets the chats in between."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(_TURN)
    try:
        with building():
            yield
    finally:
        sys.setswitchinterval(usual)


def stamp(folder: Path) -> Stamp:
    """Equal for as long as no file in the folder is written, added or removed."""
    files = (*folder.glob("*.toml"), *folder.glob("*/*.md"))
    states = ((file, file.stat()) for file in files)
    return frozenset((str(file), state.st_mtime_ns, state.st_size) for file, state in states)
