"""`tryggve knowledge due` and `gaps`: what an editor should look at next."""

import argparse
from datetime import datetime, timedelta

from bot.commands.database import demand_current_schema, with_database
from bot.terminal import Refusal, say
from dialogs.conversation import swedish
from dialogs.conversation.texts import text
from knowledge.answers.articles.loader import load, shipped_content
from knowledge.answers.models import Article
from knowledge.delivery.tallies import Counts
from knowledge.directory.places import load_places
from knowledge.questions.gaps import NEAR, Gap
from knowledge.questions.models import VerdictCount
from knowledge.questions.service import QuestionService
from knowledge.storage.database import Database

MOST_WORDINGS = 5


def due(chosen: argparse.Namespace) -> int:
    """List articles to review. Exit code 1 when the date of some has passed."""
    if chosen.within < 0:
        raise Refusal("curation.bad_within")
    today = datetime.now(swedish.SWEDEN).date()
    last = today + timedelta(days=min(chosen.within, 36_500))
    articles = sorted(load(shipped_content()).articles, key=lambda one: (one.review_by, one.id))
    soon = [one for one in articles if one.review_by <= last]
    passed = [one for one in soon if one.is_overdue(today)]
    for article in soon:
        key = "curation.passed" if article in passed else "curation.soon"
        say(text(key, day=swedish.day(article.review_by), **_named(article)))
    say(text("curation.due", passed=len(passed), soon=len(soon) - len(passed), days=chosen.within))
    return 1 if passed else 0


def gaps(chosen: argparse.Namespace) -> int:
    """Print the biggest groups of open questions, and the verdicts on each article."""
    if chosen.most < 1:
        raise Refusal("curation.bad_most")
    demand_current_schema()
    found, private, verdicts = with_database(_open)
    for gap in found[: chosen.most]:
        _tell_gap(gap)
    say(text("curation.gaps", groups=len(found), times=sum(gap.times for gap in found)))
    if private:
        say(text("curation.private", count=private))
    _tell_verdicts(verdicts)
    return 0


async def _open(database: Database) -> tuple[list[Gap], int, list[VerdictCount]]:
    questions = QuestionService(database, Counts(database))
    gaps, private = await questions.list_gaps(), await questions.count_private()
    return gaps, private, await questions.count_verdicts()


def _tell_gap(gap: Gap) -> None:
    names = [load_places().name_of(code) for code in gap.counties]
    say(text("curation.gap", count=gap.times, question=_told(gap.wordings[0])))
    for wording in gap.wordings[1:MOST_WORDINGS]:
        say(text("curation.also", question=wording))
    if names:
        say(text("curation.where", counties=swedish.joined(names)))


def _told(wording: str) -> str:
    """The question, or what it came nearest when its text was not kept."""
    if not wording.startswith(NEAR):
        return wording
    article = wording.removeprefix(NEAR)
    titles = {one.id: one.title for one in load(shipped_content()).articles}
    key = "unkept_near" if article in titles else "unkept"
    return text(f"curation.{key}", title=titles.get(article, ""))


def _tell_verdicts(verdicts: list[VerdictCount]) -> None:
    """One line for each version of an article; versions that are no longer shown are kept."""
    titles = {one.id: one.title for one in load(shipped_content()).articles}
    for version in dict.fromkeys((one.article, one.checked) for one in verdicts):
        given = [
            text(f"curation.{one.verdict.value}", count=one.times)
            for one in verdicts
            if (one.article, one.checked) == version
        ]
        title, day = titles.get(version[0], version[0]), swedish.day(version[1])
        say(text("curation.verdicts", title=title, day=day, verdicts=", ".join(given)))


def _named(article: Article) -> dict[str, str]:
    return {"title": article.title, "id": article.id, "owner": article.owner}
