"""Whom an announcement is to reach, said in the wish to write one: "nytt utskick till alla kommuner
utom Markaryd". What was not surely understood of it is told, for the form shows everybody."""

from dataclasses import dataclass, replace
from datetime import datetime

from dialogs.announcements import form as forms
from dialogs.announcements import spoken
from dialogs.announcements.cards import asked
from dialogs.announcements.offered import Offered
from dialogs.announcements.spoken import Spoken
from dialogs.announcements.spoken.fields import UNSURE, fields
from dialogs.conversation import inputs, swedish
from dialogs.conversation.texts import text
from knowledge.announcements.models import Draft
from knowledge.directory.models import NATIONAL

LONGEST_SHOWN = 80


@dataclass(frozen=True)
class Addressed:
    """The draft to those who were named, and what is said of it above the form."""

    draft: Draft
    note: str = ""


def addressed(typed: str, draft: Draft, offered: Offered, now: datetime) -> Addressed:
    """The empty draft, to those whom the wish names."""
    said, rest = spoken.receivers_in(typed)
    if inputs.excepts(rest):
        return Addressed(draft, _left(typed))
    to = fields(Spoken("only_to", said), draft, offered, now) if said else None
    if to is None:
        return Addressed(draft, _left(said) if inputs.names_some(said) else "")
    after, faults = forms.with_fields(to, draft, offered, now)
    if to is UNSURE or faults or after.unread or not _is_inside(after, offered):
        return Addressed(draft, _left(said))
    if after.audience.places == draft.audience.places:
        return Addressed(replace(draft, audience=after.audience))
    places = asked.whom(after, offered.places)
    return Addressed(after, text("announcements.spoken.goes_to", places=places))


def _is_inside(draft: Draft, offered: Offered) -> bool:
    """Whether the form has a box for all of them."""
    mine = {*offered.counties}
    return offered.is_national or all(
        code != NATIONAL and code[:2] in mine for code in draft.audience.places
    )


def _left(said: str) -> str:
    return text("announcements.spoken.not_addressed", said=swedish.plain(said, LONGEST_SHOWN))
