"""The weekly message: "Kort rapport från länsstyrelserna"."""

from dialogs.conversation import swedish
from dialogs.conversation.card_parts import (
    Element,
    bold,
    card,
    heading,
    navigate,
    option,
    paragraph,
    small,
    summary,
)
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from knowledge.answers.models import Article
from knowledge.digests.models import Digest, Gathered
from knowledge.directory.places import Places
from knowledge.trainings.models import Training

MOST_BUTTONS = 5
MOST_LISTED = 20


def digest(told: Digest, places: Places) -> Reply:
    """What was announced, new trainings in the county, answers that were checked anew."""
    title = text("digests.heading")
    body = [heading(title)]
    if told.announcements:
        body += [bold(text("digests.announcements")), *_announced(told.announcements, places)]
    if told.trainings:
        body += [bold(text("digests.trainings")), *_trainings(told.trainings)]
    if told.articles:
        body += [bold(text("digests.articles")), *_articles(told.articles)]
    body.append(small(text("digests.typed")))
    numbered = enumerate(told.announcements[:MOST_BUTTONS], start=1)
    actions = [
        navigate(text("digests.read", number=number), "read_announcement", id=one.id)
        for number, one in numbered
    ]
    if told.trainings:
        county = told.trainings[0].county
        actions.append(navigate(text("directory.trainings"), "trainings", county=county))
    said = text("digests.summary", count=len(told.announcements))
    return Reply(card=card(body, actions), summary=summary(said))


def _announced(announced: tuple[Gathered, ...], places: Places) -> list[Element]:
    lines = []
    for number, one in enumerate(announced[:MOST_LISTED], start=1):
        title, board = swedish.plain(one.heading), places.board_of(one.county)
        row = text("digests.announcement", number=number, heading=title, board=board)
        lines.append(paragraph(row, spacing="small"))
    return lines + _more(len(announced) - MOST_LISTED)


def _trainings(trainings: tuple[Training, ...]) -> list[Element]:
    lines = []
    for one in trainings[:MOST_BUTTONS]:
        title, when = swedish.plain(one.title), swedish.moment(one.starts_at)
        line = text("digests.new_training", title=title, moment=when)
        lines.append(paragraph(line, spacing="small"))
    return lines + _more(len(trainings) - MOST_BUTTONS)


def _articles(articles: tuple[Article, ...]) -> list[Element]:
    lines = [option(one.title, "article", id=one.id) for one in articles[:MOST_BUTTONS]]
    return lines + _more(len(articles) - MOST_BUTTONS)


def _more(left: int) -> list[Element]:
    return [small(text("digests.more", count=left))] if left > 0 else []
