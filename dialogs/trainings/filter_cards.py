"""Ways to narrow a list of trainings and to loosen it: a form that unfolds, and lines to tap."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from dialogs.conversation.card_parts import (
    Element,
    card,
    choice_set,
    navigate,
    option,
    paragraph,
    small,
    summary,
    unfold,
)
from dialogs.conversation.paging import FIELD
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.trainings import facets
from dialogs.trainings.filters import Loosened, in_words
from dialogs.trainings.wish import Wish
from knowledge.directory.places import Places, swedish_order
from knowledge.trainings.models import Training

MOST_WAYS = 4

KEPT = ("towns", "words", "weekday", "either", "without")
"""What the form has no field for stays as it is."""


def form(
    wish: Wish, open_now: Sequence[Training], topics: Mapping[str, str], places: Places
) -> list[Element]:
    """Fields for what the open trainings differ in, filled in as the list is narrowed now."""
    items = [
        _choices("counties", _counties(open_now, places), wish.counties),
        _choices("themes", _themes(open_now, topics), (*wish.themes, *wish.subjects)),
        _choices("groups", _groups(open_now), wish.groups),
        _held(wish),
        _day("since", wish.since.isoformat() if wish.since else ""),
        _day("until", (wish.until - timedelta(days=1)).isoformat() if wish.until else ""),
        _tick("free", ticked=wish.free),
        _tick("no_cost", ticked=wish.no_cost),
        {"type": "ActionSet", "actions": _buttons(wish), "spacing": "small"},
        small(text("trainings.filter.typed")),
    ]
    fields = [one for one in items if one.get("choices") != []]
    return unfold(text("trainings.filter.open"), "filter", fields, is_open=False)


def nothing(
    said: str,
    ways: Sequence[Loosened],
    total: int,
    topics: Mapping[str, str],
    places: Places,
) -> Reply:
    """That nothing was found; what there is without one of the filters, and how much."""
    body = [paragraph(said)]
    for one in ways[:MOST_WAYS]:
        left = in_words(one.filter.without, topics, places)
        line = text("trainings.filter.without", words=one.filter.words, count=one.count, left=left)
        body.append(option(line, "filter_trainings", **one.filter.without.asked()))
    every = text("trainings.filter.all")
    line = text("trainings.filter.all_of", count=total)
    body.append(option(line, "filter_trainings", all="yes"))
    return Reply(card=card(body, []), summary=summary(f"{said} {every}"))


def _buttons(wish: Wish) -> list[Element]:
    asked = {name: value for name, value in wish.asked().items() if name in KEPT}
    show = navigate(text("trainings.filter.show"), "filter_trainings", form="yes", **asked)
    every = navigate(text("trainings.filter.all"), "filter_trainings", all="yes")
    return [show, every] if wish != Wish() else [show]


def _counties(open_now: Sequence[Training], places: Places) -> dict[str, str]:
    codes = {code for one in open_now for code in one.owned_by if code in places.counties}
    return dict(
        sorted(
            ((code, places.name_of(code)) for code in codes), key=lambda one: swedish_order(one[1])
        )
    )


def _themes(open_now: Sequence[Training], topics: Mapping[str, str]) -> dict[str, str]:
    """The subjects that some of them are about, and the themes."""
    told = {slug for one in open_now for slug in one.themes}
    subjects = {
        key: one.name[0].upper() + one.name[1:]
        for key, one in facets.subjects().items()
        if any(facets.is_about([key], training) for training in open_now)
    }
    return {**{slug: name for slug, name in topics.items() if slug in told}, **subjects}


def _groups(open_now: Sequence[Training]) -> dict[str, str]:
    return {
        key: one.name[0].upper() + one.name[1:]
        for key, one in facets.groups().items()
        if any(facets.is_for([key], training) for training in open_now)
    }


def _choices(name: str, choices: Mapping[str, str], chosen: Sequence[str]) -> Element:
    label = text(f"trainings.filter.label_{name}")
    return choice_set(f"{FIELD}{name}", label, choices, chosen, isMultiSelect=True)


def _held(wish: Wish) -> Element:
    choices = {
        "": text("trainings.filter.anyhow"),
        "yes": text("trainings.filter.online"),
        "no": text("trainings.filter.on_site"),
    }
    chosen = {None: "", True: "yes", False: "no"}[wish.online]
    label = text("trainings.filter.label_online")
    return choice_set(f"{FIELD}online", label, choices, [chosen])


def _day(name: str, value: str) -> Element:
    label = text(f"trainings.filter.label_{name}")
    shown = {"value": value} if value else {}
    return {"type": "Input.Date", "id": f"{FIELD}{name}", "label": label, **shown}


def _tick(name: str, *, ticked: bool) -> Element:
    return {
        "type": "Input.Toggle",
        "id": f"{FIELD}{name}",
        "label": text(f"trainings.filter.label_{name}"),
        "title": text(f"trainings.filter.tick_{name}"),
        "value": "true" if ticked else "false",
        "wrap": True,
    }
