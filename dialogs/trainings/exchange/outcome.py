"""What would become of a list, or became of it, in words for a page and for the terminal."""

from dialogs.conversation import swedish
from dialogs.conversation.texts import text
from dialogs.trainings.exchange.judged import Judged, Row
from knowledge.trainings.exchange.models import Imported

MOST_SHOWN = 200


def headline(judged: Judged) -> str:
    """Whether the list can be taken in."""
    if judged.columns:
        return text("trainings_exchange.bad_columns")
    if judged.faults:
        return text("trainings_exchange.bad", count=len(judged.faults))
    return text(f"trainings_exchange.{'good' if judged.changes_something else 'nothing'}")


def faults(judged: Judged) -> list[str]:
    """Every bad column and cell, as far as anybody reads."""
    said = [*judged.columns, *(one.said for one in judged.faults[:MOST_SHOWN])]
    more = len(judged.faults) - MOST_SHOWN
    return said + ([text("trainings_exchange.more_faults", count=more)] if more > 0 else [])


def counts(judged: Judged) -> str:
    """ "2 nya utbildningar · 1 ändrad utbildning"."""
    kinds = [(kind, judged.count(kind)) for kind in ("new", "changed", "same")]
    return " · ".join(
        text(f"trainings_exchange.count_{kind}", count=count) for kind, count in kinds if count
    )


def unused(judged: Judged) -> str:
    names = swedish.joined([f"”{name}”" for name in judged.unused])
    return text("trainings_exchange.unused", names=names) if names else ""


def rows(judged: Judged) -> list[str]:
    return [_row(one) for one in judged.rows]


def done(came: Imported, *, published: bool) -> str:
    """What has been kept."""
    key = "done_published" if published else "done_draft"
    said = [text(f"trainings_exchange.{key}", count=came.added)]
    if came.changed:
        said.append(text("trainings_exchange.done_changed", count=came.changed))
    if came.told:
        said.append(text("trainings_exchange.done_told", count=came.told))
    return " ".join(said)


def _row(one: Row) -> str:
    plan = one.entry.plan
    return text(
        f"trainings_exchange.row_{one.kind}",
        row=one.number,
        title=swedish.bare(plan.title),
        moment=swedish.moment(plan.starts_at),
    )
