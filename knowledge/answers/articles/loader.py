"""Reads the content folder.

Every fault is collected before anything is refused, so that an editor can mend them all at once.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from knowledge.answers.articles.clashes import find_clashes
from knowledge.answers.articles.fields import Fields
from knowledge.answers.articles.problems import FileProblems, Problem
from knowledge.answers.articles.reviews import STEM as REVIEWS
from knowledge.answers.articles.reviews import read_reviews
from knowledge.answers.articles.roles import STEM as ROLES
from knowledge.answers.articles.roles import check_roles, read_roles
from knowledge.answers.data import read
from knowledge.answers.models import Article, Base, Source, Term
from knowledge.answers.sections import Section, written
from knowledge.errors import KnowledgeError

_YEARS = "years"
_MORE: str = read("words")["content"]["more"]
_REFERENCE = re.compile(r"([A-ZÅÄÖ]+\d+[a-z]?)(?:\s+(\S.*))?")
_AT_LINE = re.compile(r"line (\d+)")
_FENCE = re.compile(r"\A\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*$\n?(.*)\Z", re.DOTALL | re.MULTILINE)


class ContentError(KnowledgeError):
    """The content folder cannot be used as it is."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(str(problem) for problem in problems))
        self.problems = problems


def shipped_content() -> Path:
    """The folder with the Swedish articles that come with Tryggve."""
    return Path(str(files("knowledge"))) / "content" / "sv"


@dataclass(frozen=True, slots=True)
class Scan:
    """What could be read of a folder, the articles by file, and what was wrong."""

    base: Base
    articles: dict[str, Article]
    problems: list[Problem]


def load(folder: Path) -> Base:
    """The base in this folder, or a `ContentError` with every problem."""
    scanned = scan(folder)
    if scanned.problems:
        raise ContentError(scanned.problems)
    return scanned.base


def scan(folder: Path) -> Scan:
    """Read everything that can be read, and note the rest."""
    problems: list[Problem] = []
    topics, years = _topics(folder, problems)
    sources = _sources(folder, problems)
    terms = _terms(folder, sources, problems)
    articles = {
        path.relative_to(folder).as_posix(): _article(folder, path, sources, years, problems)
        for path in sorted(folder.glob("*/*.md"))
    }
    sound = {file: article for file, article in articles.items() if article}
    find_clashes(sound, problems)
    roles = read_roles(_optional(folder, ROLES, problems), problems)
    check_roles(sound, roles, problems)
    reviews = read_reviews(_optional(folder, REVIEWS, problems), problems)
    base = Base(tuple(sound.values()), terms, topics, sources, reviews, roles)
    return Scan(base, sound, problems)


def _optional(folder: Path, stem: str, problems: list[Problem]) -> dict[str, Any]:
    return _table(folder, stem, problems) if (folder / f"{stem}.toml").exists() else {}


def _table(folder: Path, stem: str, problems: list[Problem]) -> dict[str, Any]:
    wrong = FileProblems(f"{stem}.toml", problems)
    text = _text(folder / f"{stem}.toml", wrong)
    return _toml(text, wrong) if text is not None else {}


def _topics(folder: Path, problems: list[Problem]) -> tuple[dict[str, str], dict[str, int]]:
    """Titles by topic, and how many years old a source may be in it."""
    table = _table(folder, "topics", problems)
    wrong = FileProblems("topics.toml", problems)
    years = Fields(table.pop(_YEARS, {}), wrong)
    fields = Fields(table, wrong)
    titles = {slug: fields.text(slug) for slug in fields.names()}
    years.only(*titles)
    return titles, {slug: years.number(slug) for slug in years.names()}


def _sources(folder: Path, problems: list[Problem]) -> dict[str, Source]:
    sources = {}
    for code, table in _table(folder, "sources", problems).items():
        fields = Fields(table, FileProblems(f"sources.toml [{code}]", problems))
        sources[code] = Source(
            code,
            section="",
            title=fields.text("title"),
            url=fields.text("url", ""),
            dated=fields.text("dated", ""),
            read=fields.text("read", ""),
        )
        fields.text("publisher")  # asked of editors, and shown to nobody
        fields.only("title", "publisher", "url", "dated", "read")
    return sources


def _terms(
    folder: Path, sources: Mapping[str, Source], problems: list[Problem]
) -> tuple[Term, ...]:
    tables = _table(folder, "glossary", problems).get("term", [])
    read_terms = [
        _term(table, sources, FileProblems(f"glossary.toml #{place}", problems))
        for place, table in enumerate(tables, start=1)
    ]
    return tuple(term for term in read_terms if term)


def _term(table: object, sources: Mapping[str, Source], wrong: FileProblems) -> Term | None:
    fields = Fields(table, wrong)
    term = Term(
        name=fields.text("name"),
        variants=fields.texts("variants"),
        meaning=fields.text("meaning"),
        sources=_cited(fields.texts("sources"), sources, wrong),
        ask=fields.text("ask", ""),
        rests_on=_sections(fields.texts("rests_on", ()), sources, wrong),
    )
    fields.only("name", "variants", "meaning", "sources", "ask", "rests_on")
    return term if fields.sound else None


def _article(
    folder: Path,
    path: Path,
    sources: Mapping[str, Source],
    years: Mapping[str, int],
    problems: list[Problem],
) -> Article | None:
    wrong = FileProblems(path.relative_to(folder).as_posix(), problems)
    text = _text(path, wrong)
    if text is None:
        return None
    parts = _FENCE.match(text)
    if parts is None:
        wrong.add("+++", "no_front_matter")
        return None
    fields = Fields(_toml(parts[1], wrong, before=1), wrong)
    answer, _, more = parts[2].partition(f"\n{_MORE}\n")
    article = _filled(fields, answer.strip(), more.strip(), sources, wrong)
    return article and replace(article, bears=article.bears or years.get(article.topic, 0))


def _filled(
    fields: Fields, answer: str, more: str, sources: Mapping[str, Source], wrong: FileProblems
) -> Article | None:
    checked = fields.day("checked")
    article = Article(
        id=fields.text("id"),
        title=fields.text("title"),
        title_en=fields.text("title_en"),
        topic=fields.text("topic"),
        wordings=fields.texts("wordings"),
        colloquial=fields.texts("colloquial"),
        english=fields.texts("english"),
        answer=answer,
        more=more,
        sources=_cited(fields.texts("sources", ()), sources, wrong),
        known=fields.flag("known", default=True),
        checked=checked,
        review_by=fields.day("review_by", default=_a_year_after(checked)),
        owner=fields.text("owner"),
        related=fields.texts("related"),
        bears=fields.number("bears", 0),
        rests_on=_sections(fields.texts("rests_on", ()), sources, wrong),
        depends_on=fields.text("depends_on", ""),
        by_role=fields.lists("by_role"),
    )
    names = [name for name in Article.__dataclass_fields__ if name not in ("answer", "more")]
    fields.only(*names)
    return article if fields.sound else None


def _cited(
    references: tuple[str, ...], sources: Mapping[str, Source], wrong: FileProblems
) -> tuple[Source, ...]:
    """Sources with the paragraph pointed at: "L1 6 §" is source L1, section "6 §"."""
    cited = []
    for reference in references:
        parts = _REFERENCE.fullmatch(reference.strip())
        if parts is None or parts[1] not in sources:
            wrong.add("sources", "unknown_source", value=reference)
        else:
            cited.append(replace(sources[parts[1]], section=parts[2] or ""))
    return tuple(cited)


def _sections(
    named: tuple[str, ...], sources: Mapping[str, Source], wrong: FileProblems
) -> tuple[Section, ...]:
    """Sections of acts that are sources: "2009:400 10:15a"."""
    acts = {source.act for source in sources.values()}
    found = []
    for one in named:
        section = written(one)
        if section is None:
            wrong.add("rests_on", "bad_section", value=one)
        elif section.act not in acts:
            wrong.add("rests_on", "unknown_act", act=section.act)
        else:
            found.append(section)
    return tuple(found)


def _text(path: Path, wrong: FileProblems) -> str | None:
    try:
        return path.read_text("utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError:
        wrong.add("-", "no_file")
    except UnicodeDecodeError:
        wrong.add("-", "not_utf8")
    return None


def _toml(text: str, wrong: FileProblems, before: int = 0) -> dict[str, Any]:
    """The table, or an empty one and a problem. `before` is the number of lines above it."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        where = _AT_LINE.search(str(error))
        line = int(where[1]) + before if where else text.count("\n") + before
        wrong.add(f"rad {line}", "not_toml")
    return {}


def _a_year_after(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year + 1, day=28)
