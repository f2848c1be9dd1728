"""Which of the trainings that somebody holds is meant by what is said of it, and what is said of
none."""

import re
from collections.abc import Iterable
from datetime import date

from dialogs.conversation import inputs, paging, swedish
from dialogs.conversation.dialog import Heard
from dialogs.conversation.paging import Page
from dialogs.conversation.texts import texts
from dialogs.trainings.participants.views import ParticipantViews
from dialogs.trainings.which import picked
from dialogs.understanding.slots import read
from dialogs.understanding.tokens import is_compound, is_known
from knowledge.directory.places import fold
from knowledge.trainings.models import Training

_STEM = 5
"""Letters that a word for a training shares with its title: "trygghetskursen", Trygga torg."""


async def named_among(
    heard: Heard, views: ParticipantViews, *, of: str = "", titled: bool = False
) -> int | None:
    """The one that is named: a row of the list `of`, when that is on the screen, or else of all
    that are held. `titled`: by its title, and nothing else."""
    page = paging.listed(heard.about)
    said = heard.text if of else heard.rest
    if of and (page is None or page.of != of or inputs.is_reply(said)):
        return None
    if page is None or not of:
        held = tuple(await views.held(heard.person))
        page = Page("", len(held), 0, max(len(held), 1), held, len(held))
    known = await views.trainings.find_all(page.ids)
    if titled:
        ids = [id_ for id_ in page.ids if id_ in known]
        place = inputs.title_in(said, [known[id_].title for id_ in ids])
        return None if place is None else ids[place]
    today = views.trainings.now().astimezone(swedish.SWEDEN).date()
    return picked(said, page, known, today, loosely=True).only


def called_by_none(typed: str, trainings: Iterable[Training], today: date) -> str:
    """The word in `typed` for one training that is none of these; "" when no such is said."""
    after = re.compile(rf"\b(?:{'|'.join(texts('trainings.before_title'))}) (\w+)", re.IGNORECASE)
    told = fold(" ".join(f"{one.title} {' '.join(one.themes)}" for one in trainings), strip=False)
    stems = {word[:_STEM] for word in told.split()}
    parts = read(typed, today).parts
    words = [word for part in parts for word in part.split() if is_compound(word)]
    words += [hit for part in parts for hit in after.findall(part) if not is_known(hit.lower())]
    return next((word for word in words if fold(word, strip=False)[:_STEM] not in stems), "")
