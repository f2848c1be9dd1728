"""What one article must be: its fields, its length, its neighbours, its language."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from knowledge.answers.articles import markup, plain
from knowledge.answers.data import read
from knowledge.answers.models import Article, Base, Source
from knowledge.answers.search.text import same
from knowledge.answers.sections import Section, cited

Finding = tuple[str, str, dict[str, object]]
"""A field, a message key of `check.toml`, and its values."""

LEAST_WORDINGS, LEAST_SHORT, SHORT = 10, 2, 3
LEAST_COLLOQUIAL, LEAST_ENGLISH = 2, 2
LONGEST_ANSWER, LONGEST_MORE = 60, 150
LONGEST_WITH_POINTS, MOST_POINTS = 130, 7
FEWEST_RELATED, MOST_RELATED = 2, 4
_OLDEST = date(2020, 1, 1)
_LATEST_REVIEW = timedelta(days=2 * 366)
_SWEDISH = re.compile(r"[åäö]", re.IGNORECASE)
_ELSEWHERE = re.compile(read("articles/check")["law"]["elsewhere"])
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def findings(file: str, article: Article, base: Base, today: date) -> Iterator[Finding]:
    """Everything that can be said of one article without comparing it with the others' wordings."""
    yield from _identity(file, article, base)
    yield from _ways_of_asking(article)
    yield from _texts(article)
    yield from _related(article, base)
    yield from _dates(article, today)
    yield from rests(article.sources, article.rests_on, f"{article.answer}\n{article.more}")
    if article.known and not article.sources:
        yield "sources", "no_source", {}


def _identity(file: str, article: Article, base: Base) -> Iterator[Finding]:
    folder, _, name = file.rpartition("/")
    stem = name.removesuffix(".md")
    if not _ID.fullmatch(article.id):
        yield "id", "bad_id", {}
    if article.id != stem:
        yield "id", "id_is_not_stem", {"stem": stem}
    if article.topic != folder:
        yield "topic", "topic_is_not_folder", {"folder": folder}
    if article.topic not in base.topics:
        yield "topic", "unknown_topic", {"topic": article.topic}
    if not article.title.endswith("?"):
        yield "title", "title_is_no_question", {}
    yield from _english_title(article)


def _english_title(article: Article) -> Iterator[Finding]:
    """Read by those who know no Swedish: a question of its own, Swedish in names alone."""
    bare = article.title_en
    for name in read("articles/check")["english"]["names"]:
        bare = bare.replace(name, "")
    if not bare.endswith("?"):
        yield "title_en", "title_is_no_question", {}
    if same(article.title_en) == same(article.title) or _SWEDISH.search(bare):
        yield "title_en", "not_english", {}


def _ways_of_asking(article: Article) -> Iterator[Finding]:
    ways = article.swedish[1:]
    count, short = len(ways), sum(len(way.split()) <= SHORT for way in ways)
    if count < LEAST_WORDINGS:
        yield "wordings", "few_wordings", {"least": LEAST_WORDINGS, "count": count}
    if short < LEAST_SHORT:
        yield "wordings", "few_short", {"least": LEAST_SHORT, "words": SHORT, "count": short}
    if len(article.colloquial) < LEAST_COLLOQUIAL:
        about: dict[str, object] = {"least": LEAST_COLLOQUIAL, "count": len(article.colloquial)}
        yield "colloquial", "few_colloquial", about
    if len(article.english) < LEAST_ENGLISH:
        yield "english", "few_english", {"least": LEAST_ENGLISH, "count": len(article.english)}


def _texts(article: Article) -> Iterator[Finding]:
    if not article.answer:
        yield "answer", "no_answer", {}
    yield from _lengths(article)
    for field, text in (("answer", article.answer), ("more", article.more)):
        for key, values in markup.faults(text):
            yield field, key, values
    for key, values in plain.lint(article.answer, article.more):
        yield "text", key, values


def _lengths(article: Article) -> Iterator[Finding]:
    """A checklist is the answer to who asks for one: its points may come on top of the text."""
    around, points = plain.without_points(article.answer), plain.count_points(article.answer)
    if points > MOST_POINTS:
        yield "answer", "too_many_points", {"most": MOST_POINTS, "count": points}
    for field, text, most in (
        ("answer", around, LONGEST_ANSWER),
        ("answer", article.answer, LONGEST_WITH_POINTS),
        ("more", article.more, LONGEST_MORE),
    ):
        count = plain.count_words(text)
        if count > most:
            yield field, "too_long", {"most": most, "count": count}


def _related(article: Article, base: Base) -> Iterator[Finding]:
    ids = {one.id for one in base.articles}
    if not FEWEST_RELATED <= len(set(article.related)) <= MOST_RELATED:
        yield "related", "related_count", {"count": len(set(article.related))}
    if article.id in article.related:
        yield "related", "related_self", {}
    for id in article.related:
        if id not in ids:
            yield "related", "related_unknown", {"id": id}


def _dates(article: Article, today: date) -> Iterator[Finding]:
    if article.checked > today:
        yield "checked", "checked_in_future", {}
    if article.checked < _OLDEST:
        yield "checked", "checked_long_ago", {}
    if article.review_by <= article.checked:
        yield "review_by", "review_before_check", {}
    elif article.review_by - article.checked > _LATEST_REVIEW:
        yield "review_by", "review_too_late", {}


def rests(sources: Sequence[Source], rests_on: Sequence[Section], text: str) -> Iterator[Finding]:
    """What is cited and not said to be rested on would change unseen.

    A text leaves out the act, and the chapter where it has just been named. What it cites of acts
    that are none of its sources is not looked for.
    """
    for source in sources:
        for section in cited(source.section, source.act) if source.act else ():
            if section not in rests_on:
                yield "rests_on", "not_rested", {"place": section}
    titles = " ".join(source.title.lower() for source in sources)
    own = _ELSEWHERE.sub(lambda hit: hit[0] if hit[1] in titles else "", text)
    known = {(one.chapter, one.number) for one in rests_on}
    known |= {("", number) for _, number in known}
    for section in cited(own):
        if (section.chapter, section.number) not in known:
            yield "rests_on", "not_rested", {"place": section.place}
