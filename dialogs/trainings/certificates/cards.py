"""The trainings that somebody can have a certificate of, and the way to the file."""

from collections.abc import Sequence

from dialogs.conversation import paging, swedish
from dialogs.conversation.card_parts import (
    Element,
    bold,
    card,
    group,
    heading,
    link,
    navigate,
    paragraph,
    paragraphs,
    small,
    summary,
)
from dialogs.conversation.paging import Page
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from knowledge.trainings.certificates.models import Certificate
from knowledge.trainings.certificates.service import shown
from knowledge.trainings.models import Training

Over = tuple[Training, bool]
"""A training that is over, and whether the reader was there."""


def listing(page: Page, over: Sequence[Over]) -> Reply:
    """Those of the last year, with a certificate of each that the reader was at."""
    said = text("trainings_certificates.heading")
    body: list[Element] = [heading(said)]
    actions = []
    for number, (training, was_there) in zip(page.numbers, over, strict=True):
        title = swedish.plain(training.title)
        lines = [
            bold(text("trainings.item", number=number, title=title)),
            paragraph(swedish.moment(training.starts_at), spacing="none"),
        ]
        if was_there:
            label = text("trainings_certificates.fetch_number", number=number)
            actions.append(navigate(label, "certificate", training=training.id))
        else:
            lines.append(paragraph(text("trainings_certificates.not_marked"), spacing="none"))
        body.append(group(lines))
    body += paging.place_in_list(page)
    body.append(small(text("trainings_certificates.typed", number=page.first + 1)))
    mine = navigate(text("trainings.mine"), "my_trainings")
    return Reply(card=card(body, paging.buttons(page, actions, mine)), summary=summary(said))


def file(certificate: Certificate, url: str, minutes: int) -> Reply:
    """The way to the certificate."""
    title = swedish.plain(certificate.training.title)
    said = text("trainings_certificates.ready", title=title)
    body = [
        heading(said),
        paragraph(text("trainings_certificates.note", count=minutes)),
        paragraph(text("trainings_certificates.code", code=shown(certificate.code))),
    ]
    actions = [
        link(text("trainings_certificates.open"), url),
        navigate(text("trainings_certificates.button"), "certificate"),
    ]
    return Reply(card=card(body, actions), summary=summary(said))


def settled(words: str) -> Reply:
    """Why there is none, with a way on."""
    mine = navigate(text("trainings.mine"), "my_trainings")
    return Reply(card=card(paragraphs(words), [mine]), summary=summary(words))
