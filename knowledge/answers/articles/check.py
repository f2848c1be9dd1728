"""Checks the content folder: what a careful editor would look for, file by file."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from knowledge.answers.articles.loader import Scan, scan
from knowledge.answers.articles.markup import is_link, is_start_page
from knowledge.answers.articles.plain import phrases
from knowledge.answers.articles.problems import FileProblems, Problem
from knowledge.answers.articles.rules import findings, rests
from knowledge.answers.library import entry_of
from knowledge.answers.models import Term
from knowledge.answers.search.engine import SearchEngine
from knowledge.answers.search.text import same


def problems(folder: Path, today: date | None = None) -> list[Problem]:
    """Everything wrong in the folder, in the order of its files."""
    scanned = scan(folder)
    day = today or datetime.now(ZoneInfo("Europe/Stockholm")).date()
    for file, article in scanned.articles.items():
        wrong = FileProblems(file, scanned.problems)
        for field, key, values in findings(file, article, scanned.base, day):
            wrong.add(field, key, **values)
    _check_titles(scanned)
    _check_sources(scanned)
    _check_terms(scanned)
    return sorted(scanned.problems)


def _check_titles(scanned: Scan) -> None:
    """Each article's own question must find it first, or nobody will."""
    engine = SearchEngine([entry_of(article) for article in scanned.base.articles])
    for file, article in scanned.articles.items():
        first = engine.find(article.title).matches[:1]
        if first and first[0].id != article.id:
            wrong = FileProblems(file, scanned.problems)
            wrong.add("title", "not_found_first", other=first[0].id)


def _check_sources(scanned: Scan) -> None:
    """A source without a link is one that has none; one that is given leads to the page itself."""
    for code, source in scanned.base.sources.items():
        wrong = FileProblems(f"sources.toml [{code}]", scanned.problems)
        if source.url and not is_link(source.url):
            wrong.add("url", "bad_url", url=source.url)
        elif source.url and is_start_page(source.url):
            wrong.add("url", "start_page", url=source.url)


def _check_terms(scanned: Scan) -> None:
    """Two terms may share a way of writing only when one of them asks which is meant."""
    owners: dict[str, Term] = {}
    for place, term in enumerate(scanned.base.terms, start=1):
        wrong = FileProblems(f"glossary.toml #{place}", scanned.problems)
        for key, values in phrases(term.meaning):
            wrong.add("meaning", key, **values)
        for field, key, values in rests(term.sources, term.rests_on, term.meaning):
            wrong.add(field, key, **values)
        for way in dict.fromkeys(map(same, (term.name, *term.variants))):
            other = owners.setdefault(way, term)
            if other is not term and not (term.ask or other.ask):
                wrong.add("variants", "term_taken", variant=way, other=other.name)
