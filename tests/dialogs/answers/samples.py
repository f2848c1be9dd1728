"""Answers, choices between answers, and reports about them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from dialogs.answers import cards as answers
from dialogs.conversation.paging import Page
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from knowledge.answers.models import Article
from tests.dialogs.sampling import HOSTILE, LONG_WORD, TODAY, WORDY, Sample, base, sample


def samples() -> Iterator[Sample]:
    yield from _answers()
    yield from _choices()
    yield from _reports()


def whole_base() -> Iterator[tuple[str, Reply]]:
    """The answer to every question in the base, what it says when asked for more, every term."""
    for article in base().articles:
        yield f"article {article.id}", _answer(article, has_training=True)()
        if article.more:
            yield f"more {article.id}", answers.more(article)
    for term in base().terms:
        yield f"term {term.name}", answers.term(term, "term:x")


def _answers() -> Iterator[Sample]:
    articles = base().articles
    plain = next(one for one in articles if one.sources and one.more and one.related)
    yield sample(answers.answer, "alone", plain, today=TODAY)
    yield _named("with ways on", _answer(plain, has_training=True))
    yield _named("misspelt", _answer(plain, read_as="hur ofta ska vi uppdatera lägesbilden"))
    yield _named("hostile question", _answer(plain, read_as=HOSTILE))
    yield _named("long question", _answer(plain, read_as=LONG_WORD))
    yield _named("longest", longest_answer())
    most = max(articles, key=lambda one: sum(len(source.title) for source in one.sources[:3]))
    yield _named("longest sources", _answer(most))
    yield _named("longest title", _answer(max(articles, key=lambda one: len(one.title))))
    yield _named("longest word", _answer(max(articles, key=_longest_word)))
    yield _named("unknown to the law", _answer(next(one for one in articles if not one.known)))
    yield _named("without a source", _answer(replace(plain, sources=())))
    unlinked = tuple(replace(one, url="") for one in plain.sources)
    yield _named("source without link", _answer(replace(plain, sources=unlinked)))
    yield _named("overdue", _answer(plain, today=plain.review_by + timedelta(days=1)))
    yield _named("another law", _answer(plain, law_changed=True))
    yield sample(answers.more, "longest", max(articles, key=lambda one: len(one.more)))
    terms = base().terms
    yield sample(answers.term, "everyday", terms[0], "term:x")
    yield sample(answers.term, "longest", max(terms, key=lambda one: len(one.meaning)), "term:x")
    ambiguous = next(one for one in terms if one.ask)
    yield sample(answers.term, "several meanings", ambiguous, "term:x")
    yield sample(answers.term, "no source", replace(ambiguous, sources=()), "term:x")
    yield sample(answers.brief_answer, "longest", max(articles, key=lambda one: len(one.answer)))
    yield sample(answers.term, "another law", terms[0], "term:x", law_changed=True)
    yield sample(answers.brief_answer, "another law", plain, law_changed=True)
    yield sample(answers.danger, "somebody")
    yield sample(answers.private, "about somebody")
    yield sample(answers.sorry, "an answer", text("answers.rate.complain_asked"), "article:x")
    yield sample(answers.sorry, "nothing yet", text("answers.rate.puzzled_new"), "")
    yield sample(answers.to_review, "one", [plain], [])
    yield sample(answers.to_review, "all", articles, articles)
    yield sample(answers.to_review, "another law", [], [plain])
    for key in ("unknown", "unknown_again", "unknown_none"):
        yield sample(answers.unknown, key, text(f"answers.ask.{key}"))
    yield sample(answers.unknown, "not helped", text("answers.rate.not_helped"))


def _named(case: str, build: partial[Reply]) -> Sample:
    return f"answers.answer: {case}", build


def _answer(article: Article, **about: Any) -> partial[Reply]:
    by_id = {one.id: one for one in base().articles}
    related = [by_id[id_] for id_ in article.related if id_ in by_id]
    return partial(answers.answer, article, **{"related": related, "today": TODAY, **about})


def longest_answer() -> partial[Reply]:
    """The longest article, leading on to those with the longest titles."""
    articles = base().articles
    longest = max(articles, key=lambda one: len(one.answer) + len(one.more))
    titles = sorted(articles, key=lambda one: len(one.title))[-2:]
    return _answer(longest, related=titles, has_training=True, read_as=longest.wordings[0])


def _longest_word(article: Article) -> int:
    return max(len(word) for word in f"{article.answer} {article.more}".split())


def _choices() -> Iterator[Sample]:
    longest = sorted(base().articles, key=lambda one: len(one.title))
    for case, offered in (("three longest", longest[-3:]), ("two", longest[:2])):
        lines = [answers.Choice(one.title, "article", {"id": one.id}) for one in offered]
        yield sample(answers.choices, case, lines, text("answers.ask.did_you_mean"))
    everybody, *_ = base().roles.values()
    kinds = [one for one in base().roles.values() if one.within == everybody.id and one.shown]
    roles = [answers.Choice(one.title, "role", {"role": one.id}) for one in kinds]
    why = text("answers.role.why", title=longest[-1].title)
    yield sample(answers.which_role, "everybody", everybody.ask, roles, why)


def _reports() -> Iterator[Sample]:
    yield sample(answers.thanks, "everyday", "article:x", "token")
    longest = max((one.title for one in base().articles), key=len)
    rows = [("22 november 2026", longest, note) for note in ("", "Fel paragraf", WORDY, HOSTILE)]
    five = [*rows, ("22 november 2026", longest, LONG_WORD)]
    yield sample(answers.reports, "five of many", Page("report_fault", 23, first=5), five)
