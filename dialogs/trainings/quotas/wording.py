"""Seats that are kept, in words: for who reads of a training and for who holds it."""

from dialogs.conversation import swedish
from dialogs.conversation.texts import text
from knowledge.directory.places import load_places
from knowledge.trainings.models import Signup, Training
from knowledge.trainings.quotas.refusals import QuotasTooLarge

_MORNING = "08.00"


def place_in_words(code: str) -> str:
    """ "Kronobergs län", "Växjö kommun"."""
    places = load_places()
    municipality = places.municipalities.get(code)
    if municipality is None:
        return places.name_of(code)
    return text("trainings_quotas.municipality", genitive=municipality.genitive)


def kept_in_words(training: Training) -> str:
    """For who holds it: how many seats are kept for whom, and until when; "" for none."""
    if not training.quotas:
        return ""
    each = [
        text("trainings_quotas.kept_for", count=one.seats, place=place_in_words(one.place))
        for one in training.quotas
    ]
    key = "kept" if training.quotas_until else "kept_on"
    return text(f"trainings_quotas.{key}", seats=swedish.joined(each), until=_until(training))


def left_in_words(training: Training) -> str:
    """For who reads of it: the seats that are left for everybody, and those that are kept."""
    places = swedish.joined([place_in_words(one.place) for one in training.quotas])
    about = {"places": places, "until": _until(training), "reserved": training.reserved}
    said = ("left", "left_on") if training.seats_left > 0 else ("only_kept", "only_kept_on")
    key = said[training.quotas_until is None]
    return text(f"trainings_quotas.{key}", count=max(0, training.seats_left), **about)


def line_in_words(signup: Signup) -> list[str]:
    """For who stands in line: which place it is, and why they wait though seats are left."""
    training, place = signup.training, signup.place_in_line
    if not training.reserved:
        return [text("trainings.place_in_line", place=place)]
    places = swedish.joined([place_in_words(one.place) for one in training.quotas])
    key = "in_line" if training.quotas_until else "in_line_on"
    about = {"places": places, "until": _until(training)}
    said = text(f"trainings_quotas.{key}", place=place, **about)
    return [said, text("trainings_quotas.from_there")]


def too_large(refusal: QuotasTooLarge) -> str:
    """Why they cannot be kept: others have the seats."""
    training = refusal.training
    about = {"taken": training.taken, "seats": training.seats}
    return text("trainings_quotas.too_large", title=swedish.plain(training.title), **about)


def _until(training: Training) -> str:
    """ "1 mars 2027", with the time where it is not the morning."""
    if training.quotas_until is None:
        return ""
    day = swedish.day(training.quotas_until.astimezone(swedish.SWEDEN).date())
    time = swedish.clock_time(training.quotas_until)
    return day if time == _MORNING else text("trainings_quotas.at", day=day, time=time)
