"""The log as a list, the latest first."""

from collections.abc import Sequence

from dialogs.conversation import paging
from dialogs.conversation.card_parts import card, heading, paragraph, small, summary
from dialogs.conversation.paging import Page
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.logbook import wording
from knowledge.directory.places import Places
from knowledge.logbook.models import Entry


def listing(entries: Sequence[Entry], page: Page, places: Places) -> Reply:
    """Some of what was done in the reader's counties."""
    body = [heading(text("logbook.heading")), small(text("logbook.explained"))]
    for entry in entries:
        body.append(small(wording.moment(entry)))
        body.append(paragraph(wording.line(entry, places), spacing="none"))
    body += paging.place_in_list(page)
    said = text("logbook.summary", count=page.total)
    return Reply(card=card(body), summary=summary(said))
