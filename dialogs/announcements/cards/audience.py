"""The part of the form and of the preview that tells whom an announcement reaches."""

from dialogs.announcements.facts import Facts
from dialogs.announcements.offered import Offered
from dialogs.conversation import swedish
from dialogs.conversation.card_parts import (
    Element,
    bold,
    card,
    choice_set,
    heading,
    navigate,
    notice,
    paragraph,
    rows,
    small,
    summary,
)
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from knowledge.announcements.audience import Audience, TrainingPart
from knowledge.announcements.models import Draft
from knowledge.announcements.reach import Missed, Reach
from knowledge.directory.models import NATIONAL, Position
from knowledge.directory.places import Places

MOST_NAMES = 5
MOST_COUNTIES = 3
"""Whoever acts for more is offered whole counties: every municipality would be a list of 290."""

LONGEST_TITLE = 40

NO_TRAINING = "none"
"""What the field of a training holds when none narrows."""


def to_whom(draft: Draft, offered: Offered) -> list[Element]:
    """The fields without which nobody gets it: places and ways."""
    audience, unread = draft.audience, draft.unread
    chosen = {"channels": audience.to_channels, "people": audience.to_people}
    return [
        choice_set(
            "audience",
            text("announcements.audience.audience"),
            places(audience, offered),
            audience.places,
            unread=unread.get("audience", ()),
            isMultiSelect=True,
            isRequired=True,
            errorMessage=text("announcements.write.wrong_audience"),
        ),
        choice_set(
            "reach",
            text("announcements.write.reach"),
            ways(),
            [way for way, wanted in chosen.items() if wanted],
            unread=unread.get("recipients", ()),
            isMultiSelect=True,
            style="expanded",
            isRequired=True,
            errorMessage=text("announcements.write.wrong_recipients"),
        ),
    ]


def narrowing(draft: Draft, offered: Offered) -> list[Element]:
    """The fields that leave people out: themes, positions and one training."""
    audience, unread = draft.audience, draft.unread
    part = f"{audience.training}:{audience.training_part.value}"
    several = {
        "theme": ("themes", offered.themes, audience.themes),
        "position": ("positions", positions(), audience.positions),
    }
    fields = [
        choice_set(
            name,
            text(f"announcements.audience.{name}"),
            choices,
            chosen,
            unread=unread.get(fault, ()),
            isMultiSelect=True,
        )
        for fault, (name, choices, chosen) in several.items()
    ]
    if offered.trainings or audience.training or "training" in unread:
        # Who came is chosen where the training is shown: for each of them the form grows too large.
        rare = TrainingPart.PRESENT.value
        every = trainings(offered).items()
        choices = {one: title for one, title in every if one == part or not one.endswith(rare)}
        chosen = [part if audience.training else NO_TRAINING]
        label, wrong = text("announcements.audience.training"), unread.get("training", ())
        fields.append(choice_set("training", label, choices, chosen, unread=wrong))
    return fields


def reaches(id_: int, audience: Audience, reach: Reach, facts: Facts) -> list[Element]:
    """How many it reaches and how it was narrowed; whom not, and a way to see all of those."""
    lines = [_reached(reach)]
    if reach.weekly:
        lines.append(
            paragraph(text("announcements.audience.weekly", count=reach.weekly), spacing="small")
        )
    lines += [small(line) for line in _narrowed(audience, facts)]
    for reason, missed in reach.left_out.items():
        lines.append(paragraph(_missed(reason, missed, facts.places), spacing="small"))
    if any(len(missed.municipalities) > MOST_NAMES for missed in reach.left_out.values()):
        lines += rows(
            navigate(text("announcements.audience.show_left_out"), "announce_left_out", id=id_)
        )
    return lines


def whom(id_: int, draft: Draft, reach: Reach, facts: Facts) -> Reply:
    """Where a draft goes, and how many it reaches there."""
    names = swedish.joined([facts.places.name_of(code) for code in draft.audience.places])
    said = text("announcements.spoken.whom", places=names)
    body = [heading(said), *reaches(id_, draft.audience, reach, facts)]
    body.append(small(text("announcements.spoken.how_to_change")))
    return Reply(card=card(body), summary=summary(said))


def left_out(reach: Reach, places: Places) -> Reply:
    """Every municipality with somebody who is not reached, under the reason."""
    body = [heading(text("announcements.audience.left_out_heading"))]
    for reason, missed in reach.left_out.items():
        names = swedish.joined([places.name_of(code) for code in missed.municipalities])
        title = text(f"announcements.audience.reason_{reason.value}", count=missed.count)
        body += [bold(title), *([paragraph(names, spacing="none")] if names else [])]
    if not reach.left_out:
        body.append(paragraph(text("announcements.audience.nobody_left_out")))
    body.append(small(text("announcements.write.preview_typed")))
    return Reply(card=card(body), summary=summary(text("announcements.audience.left_out_heading")))


def places(audience: Audience, offered: Offered) -> dict[str, str]:
    """Whole counties with their municipalities; what was chosen in words is kept in any case."""
    known = offered.places
    counties = [code for code in offered.counties if code != NATIONAL]
    choices = {}
    if offered.is_national:
        counties = list(known.counties)
        choices[NATIONAL] = known.nation.name.capitalize()
    for code in counties:
        county = known.name_of(code)
        choices[code] = text("announcements.audience.whole_county", county=county)
        if len(counties) <= MOST_COUNTIES:
            choices |= {one.code: one.name for one in known.municipalities_of(code)}
    chosen = {code: known.name_of(code) for code in audience.places if known.name_of(code)}
    return choices | {code: name for code, name in chosen.items() if code not in choices}


def ways() -> dict[str, str]:
    """To channels, to people, or both."""
    return {way: text(f"announcements.write.to_{way}") for way in ("channels", "people")}


def positions() -> dict[str, str]:
    return {one.value: text(f"recipients.{one.value}") for one in Position}


def trainings(offered: Offered) -> dict[str, str]:
    """Each part of each training, and none of them."""
    choices = {NO_TRAINING: text("announcements.audience.no_training")}
    for training in offered.trainings:
        title = swedish.bare(training.title, LONGEST_TITLE)
        for part in TrainingPart:
            shown = text(f"announcements.audience.{part.value}", title=title)
            choices[f"{training.id}:{part.value}"] = shown
    return choices


def _reached(reach: Reach) -> Element:
    if not reach.total:
        return notice(text("announcements.write.nobody"), "warning")
    line = text(
        "announcements.write.reaches",
        channels=text("announcements.write.channels", count=reach.channels),
        people=text("announcements.write.people", count=reach.people),
        municipalities=text("announcements.write.municipalities", count=reach.municipalities),
    )
    return paragraph(line, weight="bolder")


def _narrowed(audience: Audience, facts: Facts) -> list[str]:
    """Which people are meant, when not all of them are."""
    if not audience.to_people:
        return []
    lines = []
    if audience.themes:
        titles = [facts.themes.get(slug, slug) for slug in audience.themes]
        lines.append(text("announcements.audience.only_themes", themes=swedish.joined(titles)))
    if audience.positions:
        names = [text(f"recipients.{one.value}") for one in audience.positions]
        lines.append(text("announcements.audience.only_positions", positions=swedish.joined(names)))
    if training := facts.narrowed_to:
        key, title = (
            f"announcements.audience.{audience.training_part.value}",
            swedish.plain(training.title, LONGEST_TITLE),
        )
        lines.append(text("announcements.audience.only_training", training=text(key, title=title)))
    return lines


def _missed(reason: str, missed: Missed, places: Places) -> str:
    names = [places.name_of(code) for code in missed.municipalities]
    shown = swedish.joined(names)
    if len(names) > MOST_NAMES:
        first, left = ", ".join(names[:MOST_NAMES]), len(names) - MOST_NAMES
        shown = text("announcements.audience.and_more", names=first, count=left)
    title = text(f"announcements.audience.reason_{reason}", count=missed.count)
    return (
        text("announcements.audience.left_out", reason=title, names=shown) if shown else f"{title}."
    )
