"""Which of the trainings that somebody holds is meant by what is said of it."""

from dialogs.conversation import inputs, paging, swedish
from dialogs.conversation.dialog import Heard
from dialogs.conversation.paging import Page
from dialogs.trainings.participants.views import ParticipantViews
from dialogs.trainings.which import picked


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
