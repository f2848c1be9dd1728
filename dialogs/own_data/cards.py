"""What is kept about the reader, and the question whether to erase it."""

from collections.abc import Sequence

from dialogs.conversation import swedish
from dialogs.conversation.card_parts import (
    act,
    card,
    group,
    heading,
    link,
    navigate,
    paragraph,
    small,
    summary,
    unfold_line,
)
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.own_data.periods import told
from knowledge.directory.places import Places
from knowledge.retention.erase import Remains
from knowledge.retention.export import Kept
from knowledge.retention.periods import Periods

_PERIODS = "periods"


def my_data(
    kept: Kept,
    periods: Periods,
    page: str,
    url: str,
    minutes: int,
    *,
    answer: str = "",
    under_way: bool = False,
) -> Reply:
    """The `answer` to what was asked; kinds and counts; how long, when it is unfolded; the way to
    everything in a file; one's rights; and that what is `under_way` waits."""
    mine = [(one, kept.count(one.kind)) for one in told(periods) if kept.count(one.kind)]
    counted = [f"- {one.what}: {text('own_data.amount', count=many)}" for one, many in mine]
    long = [f"- {one.what}: {one.how_long}" for one, _ in mine]
    body = [
        *([paragraph(answer)] if answer else []),
        heading(text("own_data.heading")),
        paragraph(text("own_data.intro")),
        paragraph("\n".join(counted), spacing="small"),
        unfold_line(text("own_data.more"), _PERIODS),
        group([paragraph("\n".join(long), spacing="small")], id=_PERIODS, isVisible=False),
        paragraph(text("own_data.rights")),
        small(text("own_data.file_note", count=minutes)),
        small(text("own_data.typed")),
        *([small(text("own_data.under_way"))] if under_way else []),
    ]
    actions = [
        link(text("own_data.fetch"), url),
        link(text("own_data.page"), page),
        navigate(text("own_data.erase"), "forget_me"),
    ]
    return Reply(card=card(body, actions), summary=summary(answer or text("own_data.summary")))


def ask_to_erase(remains: Remains, places: Places) -> Reply:
    """What goes at once, what stays and why, before anything has happened."""
    said = text("own_data.erase_heading")
    body = [heading(said), paragraph(text("own_data.erase_now"))]
    if remains.trainings:
        body.append(paragraph(text("own_data.erase_trainings", titles=titles(remains.trainings))))
    if remains.counties:
        counties = swedish.joined([places.name_of(code) for code in remains.counties])
        body.append(paragraph(text("own_data.erase_role", counties=counties)))
    if remains.announcements:
        body.append(paragraph(text("own_data.erase_announcements", count=remains.announcements)))
    if remains.acts:
        body.append(paragraph(text("own_data.erase_acts", count=remains.acts)))
    body += [paragraph(text("own_data.erase_back")), small(text("own_data.erase_others"))]
    actions = [
        act(text("own_data.yes"), "forget_me_yes"),
        act(text("own_data.no"), "forget_me_no"),
    ]
    return Reply(card=card(body, actions), summary=summary(said))


def settled(said: str) -> Reply:
    """The question has been answered: the card says so, and has no buttons."""
    return Reply(card=card([paragraph(said)]), summary=summary(said))


def titles(trainings: Sequence[str]) -> str:
    return swedish.joined([f"”{swedish.plain(title)}”" for title in trainings])
