"""What people are told by itself: they are asked, somebody has answered, a place is taken back."""

from dialogs.conversation import swedish
from dialogs.conversation.card_parts import (
    Element,
    act,
    bold,
    card,
    heading,
    link,
    navigate,
    paragraph,
    paragraphs,
    small,
    summary,
)
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.trainings.participants.cards import name, to_list
from dialogs.trainings.parts import facts
from knowledge.directory.places import Places
from knowledge.trainings.models import Signup, SignupStatus, Training
from knowledge.trainings.participants.models import LONGEST_NOTE, Invitation


def invited(invitation: Invitation, places: Places) -> Reply:
    """Does the reader want to take part?"""
    training = invitation.training
    title = swedish.plain(training.title)
    said = text("trainings_participants.told.invited", title=title)
    counties = swedish.joined([places.name_of(code) for code in training.owned_by])
    by = name(invitation.by.name)
    asker = "invited_by_colleague" if invitation.by_colleague else "invited_by"
    body = [
        heading(said),
        paragraph(text(f"trainings_participants.told.{asker}", name=by, counties=counties)),
        *_note("invited_note", invitation.note),
        *_facts(training),
    ]
    if training.is_full:
        body.append(paragraph(text("trainings_participants.told.invited_full")))
    body.append(small(text("trainings_participants.told.invited_typed")))
    about = {"invitation": invitation.id}
    actions = [
        act(text("trainings_participants.told.yes"), "invitation_yes", **about),
        act(text("trainings_participants.told.no"), "invitation_no", **about),
        navigate(text("trainings.more"), "trainings"),
    ]
    return Reply(card=card(body, actions), summary=summary(said))


def answered(invitation: Invitation, signup: Signup | None) -> Reply:
    """The person whom the reader asked has said yes or no; a colleague hears of a yes, and of
    nothing more."""
    if invitation.by_colleague:
        return _colleague_agreed(invitation)
    if signup is None:
        key = "answered_no"
    else:
        key = "answered_seat" if _has_seat(signup) else "answered_line"
    who, title = name(invitation.person.name), swedish.plain(invitation.training.title)
    said = text(f"trainings_participants.told.{key}", name=who)
    place = signup.place_in_line if signup else 0
    note = f"trainings_participants.told.note_{key}"
    body = [heading(said), paragraph(text(note, name=who, title=title, place=place))]
    return Reply(card=card(body, [to_list(invitation.training)]), summary=summary(said))


def _colleague_agreed(invitation: Invitation) -> Reply:
    who, title = name(invitation.person.name), swedish.plain(invitation.training.title)
    said = text("trainings_participants.told.answered_seat", name=who)
    note = text("trainings_participants.told.note_colleague", name=who, title=title)
    actions = [navigate(text("trainings.more"), "trainings")]
    return Reply(card=card([heading(said), paragraph(note)], actions), summary=summary(said))


def removed(signup: Signup, note: str, removal_url: str) -> Reply:
    """The reader has no place any more; a calendar file takes the entry away."""
    training, has_seat = signup.training, _has_seat(signup)
    said = text("trainings_participants.told.removed")
    key = "removed_note" if has_seat else "removed_line_note"
    title = swedish.plain(training.title)
    body = [
        heading(said),
        paragraph(text(f"trainings_participants.told.{key}", title=title)),
        *_note("removed_why", note),
        *_facts(training),
        paragraph(text("trainings_participants.told.removed_wrong")),
    ]
    actions = [navigate(text("trainings.more"), "trainings")]
    if has_seat:
        label = text("trainings_participants.told.calendar")
        actions.insert(0, link(label, removal_url))
        body.append(small(text("trainings.calendar_note")))
    return Reply(card=card(body, actions), summary=summary(f"{said}: {title}"))


def settled(words: str) -> Reply:
    """The end of the matter, in place of the question."""
    actions = [navigate(text("trainings.more"), "trainings")]
    return Reply(card=card(paragraphs(words), actions), summary=summary(words))


def _facts(training: Training) -> list[Element]:
    return [bold(swedish.plain(training.title)), *facts(training)]


def _note(key: str, note: str) -> list[Element]:
    said = swedish.plain(note, LONGEST_NOTE)
    return [paragraph(text(f"trainings_participants.told.{key}", note=said))] if said else []


def _has_seat(signup: Signup) -> bool:
    return signup.status is SignupStatus.CONFIRMED
