"""What was said beside a number or a title, and is not so: "1 i Lund", which is held in Växjö.

What narrows a wish never falls away: it is told and asked about.
"""

from collections.abc import Iterator, Sequence

from dialogs.conversation import inputs, swedish
from dialogs.conversation.texts import text
from dialogs.trainings.which import is_at, is_in
from dialogs.trainings.wish import is_online
from dialogs.understanding.lexicon import lexicon_of_slots
from dialogs.understanding.slots import Slots
from knowledge.directory.places import fold
from knowledge.directory.said import places_in
from knowledge.trainings.models import Training


def misfits(slots: Slots, training: Training, own: Sequence[str]) -> str:
    """How a training is not as was said, in sentences; "" when it is. `own` are the speaker's
    counties."""
    title = swedish.plain(training.title)
    said = [*_elsewhere(slots, training, own), *_not_then(slots, training)]
    told = []
    if said:
        nots = swedish.joined(said)
        where, when = _where(training), swedish.moment(training.starts_at)
        told.append(text("trainings.misfit", title=title, where=where, moment=when, said=nots))
    if slots.places.own and not own:
        told.append(text("trainings.own_county_unknown"))
    for theme in slots.themes:
        if not _is_about(theme, training):
            told.append(text("trainings.misfit_theme", title=title, theme=swedish.plain(theme)))
    if slots.free and training.is_full:
        told.append(text("trainings.misfit_full", title=title))
    return " ".join(told)


def _elsewhere(slots: Slots, training: Training, own: Sequence[str]) -> Iterator[str]:
    """Where it is not, as it was said."""
    places = slots.places.with_possible
    if slots.either and is_online(training):
        return
    if places.named and not any(is_in(one, training) for one in places.named):
        for one in places.named:
            yield text("trainings.in_county", county=swedish.plain(one.said))
    for one in places.excluded:
        if is_in(one, training):
            yield text("trainings.not_in", place=swedish.plain(one.said))
    if places.own and own and training.county not in own:
        yield text("trainings.in_own_county")
    if (
        not slots.either
        and slots.online not in (None, is_online(training))
        and not _names_online(training)
    ):
        yield text("trainings.online" if slots.online else "trainings.on_site")


def _not_then(slots: Slots, training: Training) -> Iterator[str]:
    """When it is not; words of the title are no time."""
    time = slots.time
    if time and not _is_of_title(time.words, training) and not is_at(time, training):
        yield swedish.plain(time.words)
    if slots.no_day:
        yield swedish.plain(slots.no_day)


def _is_about(theme: str, training: Training) -> bool:
    told = fold(f"{training.title} {training.summary}", strip=False)
    is_theme = bool({*inputs.themes_in(theme)} & {*training.themes})
    return is_theme or fold(theme, strip=False) in told


def _is_of_title(words: str, training: Training) -> bool:
    return f" {fold(words, strip=False)} " in f" {fold(training.title, strip=False)} "


def _names_online(training: Training) -> bool:
    return bool(lexicon_of_slots().online.search(fold(training.title, strip=False)))


def _where(training: Training) -> str:
    """ "i Växjö", "på distans", or the place as it is written."""
    if is_online(training):
        return text("trainings.online")
    town = training.place.partition(",")[0]
    key = "in_county" if places_in(town).alone else "at_place"
    return text(f"trainings.{key}", county=swedish.plain(town), place=swedish.plain(training.place))
