"""A training as a row of the list that goes out, which is also how a row comes in."""

from collections.abc import Iterable, Mapping

from dialogs.conversation import swedish
from dialogs.conversation.texts import text
from dialogs.trainings.exchange.columns import WRITTEN, heading
from dialogs.trainings.planning import form as forms
from knowledge.trainings.models import Meeting, Training

BETWEEN = "; "


def header() -> list[str]:
    return [heading(name) for name in WRITTEN]


def rows(
    trainings: Iterable[Training], themes: Mapping[str, str], owners: Mapping[str, str]
) -> list[list[str]]:
    """One row for each; themes and counties by their names."""
    return [[*cells(one, themes, owners).values()] for one in trainings]


def cells(
    training: Training, themes: Mapping[str, str], owners: Mapping[str, str]
) -> dict[str, str]:
    """What stands in each column."""
    first = training.each_meeting[0]
    written = forms.written_of(training) | {
        "id": str(training.id),
        "themes": BETWEEN.join(themes.get(slug, slug) for slug in training.themes),
        "owners": BETWEEN.join(owners.get(code, code) for code in training.owned_by),
        "online": text(f"trainings_exchange.{'yes' if training.online else 'no'}"),
        "meetings": BETWEEN.join(meeting(one) for one in training.each_meeting[1:]),
        "series": str(training.series or ""),
        "state": text(f"trainings_exchange.state_{training.status.value}"),
    }
    if len(training.each_meeting) > 1:
        ends = first.ends_at.astimezone(swedish.SWEDEN)
        is_same_day = ends.date().isoformat() == written["date"]
        written |= {"ends": f"{ends:%H:%M}"}
        written |= {"end_date": "" if is_same_day else ends.date().isoformat()}
    return {name: written.get(name, "") for name in WRITTEN}


def meeting(one: Meeting) -> str:
    """ "2026-12-08 09:00–12:00", as it is also read."""
    starts, ends = (at.astimezone(swedish.SWEDEN) for at in (one.starts_at, one.ends_at))
    return f"{starts:%Y-%m-%d %H:%M}–{ends:%H:%M}"
