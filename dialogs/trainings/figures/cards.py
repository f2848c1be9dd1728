"""The year's figures on a card, with the same in a picture and as a file."""

from collections.abc import Mapping, Sequence

from dialogs.conversation import swedish
from dialogs.conversation.card_parts import (
    Element,
    bold,
    card,
    group,
    heading,
    image,
    link,
    navigate,
    paragraph,
    small,
    summary,
)
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.trainings.figures import table
from knowledge.trainings.figures.models import Figures, Hidden, Line


def figures(
    found: Figures,
    place: str,
    themes: Mapping[str, str],
    *,
    file: tuple[str, int],
    picture: str,
    years: Sequence[int],
) -> Reply:
    """What was held, whom it reached, by quarter and theme."""
    url, minutes = file
    title = text("trainings_figures.heading", year=found.year, place=place)
    body = [heading(title), *map(paragraph, _whole(found))]
    body.append(image(picture, description(found)))
    body.append(_by("by_quarter", found.quarters, themes))
    if found.themes:
        body.append(_by("by_theme", found.themes, themes))
    body.append(small(text("trainings_figures.explained")))
    body.append(small(text("trainings_exchange.card.minutes", count=minutes)))
    actions = [link(text("trainings_figures.open"), url), *_other_years(found, years)]
    return Reply(card=card(body, actions), summary=summary(title))


def nothing(found: Figures, place: str, years: Sequence[int]) -> Reply:
    """A year without trainings."""
    said = text("trainings_figures.nothing", year=found.year, place=place)
    return Reply(card=card([paragraph(said)], _other_years(found, years)), summary=summary(said))


def description(found: Figures) -> str:
    """What the picture shows, for who cannot see it."""
    said = [
        text(
            "trainings_figures.bar",
            part=table.part(one, {}),
            count=table.shown(one.people["seated"]),
        )
        for one in found.quarters
    ]
    return text("trainings_figures.picture", figures=", ".join(said))


def _whole(found: Figures) -> list[str]:
    total = found.total
    said = [
        " ".join(
            [
                text("trainings_figures.held", count=total.trainings),
                text("trainings_figures.meetings", count=total.meetings),
            ]
        ),
        text(
            "trainings_figures.people",
            seated=table.shown(total.people["seated"]),
            persons=table.shown(found.persons),
        ),
        *_towns(found),
    ]
    aside = [
        text(f"trainings_figures.count_{name}", count=count)
        for name, count in (("cancelled", found.cancelled), ("coming", found.coming))
        if count
    ]
    return [*said, *([" ".join(aside)] if aside else [])]


def _towns(found: Figures) -> list[str]:
    if isinstance(found.reached, Hidden):
        return []
    reached = table.shown(found.reached)
    return [text("trainings_figures.towns", reached=reached, of_all=found.of_all)]


def _by(key: str, lines: Sequence[Line], themes: Mapping[str, str]) -> Element:
    said = [
        paragraph(
            text(
                "trainings_figures.line",
                part=swedish.plain(table.part(one, themes)),
                held=text("trainings_figures.some", count=one.trainings),
                seated=table.shown(one.people["seated"]),
            ),
            spacing="none",
        )
        for one in lines
    ]
    return group([bold(text(f"trainings_figures.{key}")), *said])


def _other_years(found: Figures, years: Sequence[int]) -> list[Element]:
    """The year before, and the one after."""
    return [
        navigate(
            text("trainings_figures.of_year", year=year),
            "yearly_report",
            year=year,
            county=found.county,
        )
        for year in (found.year - 1, found.year + 1)
        if year in years
    ]
