"""The pieces that cards about trainings share."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import quote

from dialogs.conversation import swedish
from dialogs.conversation.card_parts import Element, paragraph, small
from dialogs.conversation.texts import text
from dialogs.trainings.asking.wording import question
from dialogs.trainings.meetings import briefly, each_in_words
from dialogs.trainings.quotas.wording import left_in_words
from dialogs.trainings.wish import is_online
from knowledge import addresses
from knowledge.trainings.models import Training, TrainingStatus

MAP = "https://www.openstreetmap.org/search?query="

LONGEST_SUMMARY = 1000
LONGEST_LINE = 300


def facts(training: Training) -> list[Element]:
    """When, each meeting in a line of its own, and where."""
    return _lines_of([*each_in_words(training), _place(training)])


def facts_briefly(training: Training) -> list[Element]:
    """The same in a list: of several meetings the first, and the days of the others."""
    return _lines_of([*briefly(training), _place(training)])


def seats(training: Training) -> Element:
    return paragraph(seats_in_words(training), spacing="none")


def seats_in_words(training: Training) -> str:
    if training.status is TrainingStatus.CANCELLED:
        return cancelled_in_words(training)
    if not is_open(training):
        return text("trainings.no_more")
    if training.is_full:
        return text("trainings.full")
    if training.reserved:
        return left_in_words(training)
    return text("trainings.seats_left", count=training.seats_left)


def full_in_words(training: Training, in_line: int) -> str:
    """The same for who holds it: nothing that invites to stand in line."""
    taken = text("trainings.full_held", taken=training.taken, seats=training.seats)
    line = text("trainings.details.in_line", count=in_line) if in_line else ""
    return " ".join(filter(None, [taken, line]))


def cancelled_in_words(training: Training) -> str:
    if not training.reason:
        return text("trainings.cancelled")
    reason = swedish.plain(training.reason, LONGEST_LINE)
    return text("trainings.cancelled_because", reason=reason)


def closed_in_words(training: Training, now: datetime) -> str:
    """Why nobody can sign up for it any more."""
    title = swedish.plain(training.title)
    if not is_on(training):
        return f"{title}: {cancelled_in_words(training)}"
    if training.starts_at <= now:
        is_over = training.each_meeting[-1].ends_at <= now
        return text(f"trainings.closed_{'over' if is_over else 'begun'}", title=title)
    if training.sign_up_until and training.sign_up_until <= now:
        last = last_day(training, "sign_up_until")
        return text("trainings.closed_last_day", title=title, last=last)
    return text("trainings.details.sign_up_over", title=title)


def is_open(training: Training) -> bool:
    return training.status is TrainingStatus.OPEN


def is_on(training: Training) -> bool:
    return training.status is not TrainingStatus.CANCELLED


def is_full(training: Training) -> bool:
    return training.is_full


def told(
    training: Training, *, has_seat: bool = False, in_line: int = 0, stands: str = ""
) -> list[Element]:
    """All that is known of it, below its title. `has_seat`: the reader may see the way in.
    `in_line`: so many wait for a seat. `stands`: how it stands, where that is not told as it is to
    everybody."""
    so = paragraph(stands, spacing="none") if stands else seats(training)
    lines = [*facts(training), so]
    if in_line and is_on(training):
        lines.append(paragraph(text("trainings.details.in_line", count=in_line), spacing="none"))
    if training.summary:
        lines += [
            paragraph(swedish.plain(part, LONGEST_SUMMARY))
            for part in training.summary.split("\n")
            if part.strip()
        ]
    lines += [paragraph(line, spacing="small") for line in _lines(training)]
    if training.questions:
        asked = "\n\n".join(question(one.words) for one in training.questions)
        lines.append(small(text("trainings_asking.asks", questions=asked)))
    if training.join_link:
        key = "join_host" if has_seat else "join_later"
        host = addresses.host_of(training.join_link)
        lines.append(small(text(f"trainings.details.{key}", host=host)))
    return lines


def map_url(training: Training) -> str:
    """Where a map shows its place; "" for what is held on a screen. The reader's own client opens
    it, and nothing of the reader is in it."""
    place = " ".join(training.place.split())
    return "" if is_online(training) or not place else f"{MAP}{quote(place, safe='')}"


def _lines_of(lines: Sequence[str]) -> list[Element]:
    return [paragraph(line, spacing="none") for line in lines]


def _place(training: Training) -> str:
    return text("trainings.place", place=swedish.plain(training.place))


def price_in_words(training: Training) -> str:
    if not training.price:
        return text("trainings.details.free")
    return text("trainings.details.kronor", price=f"{training.price:,}".replace(",", "\u00a0"))


def last_day(training: Training, name: str) -> str:
    """The last day on which one may sign up or withdraw; "" for none."""
    last = getattr(training, name)
    if last is None:
        return ""
    return swedish.day((last - timedelta(seconds=1)).astimezone(swedish.SWEDEN).date())


def _lines(training: Training) -> list[str]:
    """Each of the facts that not every training has."""
    written = {
        "for_whom": swedish.plain(training.for_whom, LONGEST_LINE),
        "organizer": swedish.plain(training.organizer, LONGEST_LINE),
        "price": "" if training.price is None else price_in_words(training),
        "bring": swedish.plain(training.bring, LONGEST_LINE),
        "sign_up_until": last_day(training, "sign_up_until"),
        "withdraw_until": last_day(training, "withdraw_until"),
    }
    return [
        text(f"trainings.details.line_{name}", value=value)
        for name, value in written.items()
        if value
    ]
