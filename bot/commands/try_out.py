"""`tryggve knowledge try`: an editor's loop of asking, seeing why, and adding a wording."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from bot.commands.checkout import QUESTIONS
from bot.terminal import Refusal, lines, say
from dialogs.conversation.texts import text, texts
from knowledge import privacy
from knowledge.answers.articles.editing import Edit, WordingRefused, add_wording
from knowledge.answers.articles.loader import ContentError, load, shipped_content
from knowledge.answers.evaluation.suites import read_questions
from knowledge.answers.library import Library
from knowledge.answers.models import Found, Match, Outcome

Results = dict[str, str]
"""How each test question fares, as a key of `curation.toml`."""


def try_out(chosen: argparse.Namespace) -> int:
    """Ask and add until "q" or the end of the input."""
    folder = chosen.content or shipped_content()
    try:
        library = Library(load(folder))
    except ContentError as error:
        for problem in error.problems:
            say(str(problem))
        raise Refusal("curation.no_content") from None
    Loop(folder, library, chosen.regression or QUESTIONS).run()
    return 0


def results(library: Library, folder: Path) -> Results:
    """Ask every test question in the folder."""
    return {
        asked.question: _fares(library.ask(asked.question), asked.expected)
        for asked in read_questions(folder)
    }


def _fares(found: Found, wanted: str | None) -> str:
    direct, ids = found.outcome is Outcome.ANSWER, [match.id for match in found.matches]
    if wanted is None:
        return "outside_answered" if direct else "outside_kept_out"
    if direct:
        return "right" if ids[0] == wanted else "mistaken"
    return "offered" if found.outcome is Outcome.CHOICES and wanted in ids else "missed"


class Loop:
    """One editor's session at the terminal, or a piped one."""

    def __init__(self, folder: Path, library: Library, regression: Path) -> None:
        self.folder = folder
        self.library = library
        self.regression = regression
        self.question = ""
        self.matches: tuple[Match, ...] = ()
        self._before: Results | None = None

    def run(self) -> None:
        """Read until there is nothing more to read."""
        say(text("curation.ask"))
        typed = map(str.strip, lines())
        for line in typed:
            if line.casefold() == "q":
                return
            command, _, number = line.casefold().partition(" ")
            if command == "a" and number.strip().isdecimal():
                self._add(int(number), typed)
            elif line:
                self._ask(line)

    def _ask(self, question: str) -> None:
        """Tell what was found and why."""
        found = self.library.ask(question)
        self.question, self.matches = question, found.matches
        if found.read_as:
            say(text("curation.read_as", question=found.read_as))
        say(text(f"curation.{found.outcome.value}"))
        for number, match in enumerate(found.matches, start=1):
            about = {"score": round(match.score * 100), "wording": match.wording}
            say(text("curation.match", number=number, title=match.title, **about))
        say(text("curation.then"))

    def _add(self, number: int, typed: Iterator[str]) -> None:
        """Add the question to a match's article, once the editor has seen what that changes."""
        if not 0 < number <= len(self.matches):
            return say(text("curation.not_offered"))
        match = self.matches[number - 1]
        if self.library.article(match.id) is None:
            return say(text("curation.is_term", title=match.title))
        if privacy.mask(self.question) != self.question:
            return say(text("curation.personal"))
        try:
            self._offer(add_wording(self.folder, match.id, self.question), match, typed)
        except WordingRefused as refusal:
            for problem in refusal.problems:
                say(str(problem))
            say(text("curation.refused"))

    def _offer(self, edit: Edit, match: Match, typed: Iterator[str]) -> None:
        library = Library(edit.base)
        after = self._compare(library, match)
        say(text("curation.save"))
        if next(typed, "").casefold() not in texts("curation.yes"):
            return say(text("curation.not_saved"))
        edit.save()
        self.library, self._before = library, after
        return say(text("curation.saved", path=edit.path))

    def _compare(self, library: Library, match: Match) -> Results:
        """Tell which test questions fare otherwise with the new wording."""
        if self._before is None:
            self._before = results(self.library, self.regression)
        after = results(library, self.regression)
        if not after:
            say(text("curation.no_questions", folder=self.regression))
            return after
        changed = [one for one in after if after[one] != self._before.get(one)]
        about = {"title": match.title, "wording": self.question}
        say(text("curation.changes", count=len(changed), **about))
        for one in changed:
            before, now = (text(f"curation.{fares[one]}") for fares in (self._before, after))
            say(text("curation.change", question=one, before=before, after=now))
        return after
