"""All that is known of a training, below what was asked about it."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from dialogs.conversation import swedish
from dialogs.conversation.card_parts import (
    Element,
    act,
    bold,
    card,
    group,
    link,
    navigate,
    paragraph,
    summary,
)
from dialogs.conversation.paging import MOST_BUTTONS
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.trainings.cards import Standings, sign_up, standing_of
from dialogs.trainings.colleagues.cards import proposes
from dialogs.trainings.participants.cards import to_list
from dialogs.trainings.parts import is_on, is_open, map_url, told
from knowledge import addresses
from knowledge.trainings.models import SignupStatus, Training


def details(
    trainings: Sequence[Training],
    said: Sequence[str],
    *,
    whom: str,
    ask: str,
    own: Standings = MappingProxyType({}),
    full: Mapping[int, str] = MappingProxyType({}),
    in_line: Mapping[int, int] = MappingProxyType({}),
    files: Mapping[int, str] = MappingProxyType({}),
) -> Reply:
    """What was asked about these, first in a sentence or two, and then all that is known of them.

    `whom` is the county whose coordinator may know more; `ask` is a question that still waits.
    The way in is told to those who have a seat. `in_line` is how many wait, by training. `full`:
    how those stand that the reader holds and that are full. `files` are the addresses of the
    reader's own calendar files.
    """
    body: list[Element] = [*map(paragraph, said)]
    for one in trainings:
        standing = standing_of(own.get(one.id))
        own_and_full = _has_seat(one, own) and is_open(one) and one.is_full
        stands = full.get(one.id) or (text("trainings.full_own") if own_and_full else "")
        waiting = 0 if one.id in full else in_line.get(one.id, 0)
        known = told(one, has_seat=_has_seat(one, own), in_line=waiting, stands=stands)
        lines = [bold(swedish.plain(one.title)), *known]
        lines += [bold(standing)] if standing and is_on(one) else []
        body.append(group(lines, style="accent"))
    actions = [navigate(text("trainings.more"), "trainings")]
    if whom:
        actions.insert(0, navigate(text("trainings.details.who_knows"), "show_place", code=whom))
    if ask:
        body.append(paragraph(ask))
    elif len(trainings) == 1:
        url = map_url(trainings[0])
        found = [link(text("trainings.details.map"), url)] if url else []
        others = [proposes(trainings[0])] if is_open(trainings[0]) else []
        ways = _more_seats(trainings[0]) if full else _ways_in(trainings[0], own)
        if _has_seat(trainings[0], own) and (file := files.get(trainings[0].id)):
            ways = [link(text("trainings.calendar"), file), *ways]
        actions = [*ways, *found, *others, *actions][:MOST_BUTTONS]
    return Reply(card=card(body, actions), summary=summary(said[0]))


def _ways_in(training: Training, own: Standings) -> list[Element]:
    """What the reader can do with it."""
    if training.id not in own:
        return [sign_up(training)] if is_open(training) else []
    ways = [act(text("trainings.withdraw"), "ask_withdraw", training=training.id)]
    if training.questions:
        label = text("trainings_asking.change")
        ways.append(navigate(label, "change_answers", training=training.id))
    if _has_seat(training, own) and training.join_link:
        ways.insert(0, link(text("trainings.details.join"), addresses.encoded(training.join_link)))
    return ways


def _more_seats(training: Training) -> list[Element]:
    """What who holds it can do when it is full."""
    return [
        act(text("trainings.details.more_seats"), "training_change", id=training.id),
        to_list(training),
    ]


def _has_seat(training: Training, own: Standings) -> bool:
    signup = own.get(training.id)
    return is_on(training) and signup is not None and signup.status is SignupStatus.CONFIRMED
