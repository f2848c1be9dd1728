"""Who has a seat at a training and who waits, for those who hold it and nobody else."""

from collections import Counter
from collections.abc import Sequence

from dialogs.conversation import swedish
from dialogs.conversation.card_parts import (
    Element,
    bold,
    card,
    heading,
    navigate,
    paragraph,
    small,
    summary,
)
from dialogs.conversation.paging import Page, place_in_list
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from knowledge.directory.models import Person
from knowledge.directory.places import Places
from knowledge.trainings.models import SignupStatus, Training
from knowledge.trainings.planning.models import Participant


def participants(
    page: Page, training: Training, everybody: Sequence[Participant], places: Places
) -> Reply:
    """How many from where and in which roles, and a page of the names."""
    title = swedish.plain(training.title)
    seated = [one.person for one in everybody if _has_seat(one)]
    waiting = len(everybody) - len(seated)
    count = text("trainings_planning.seated", count=len(seated))
    queue = text("trainings_planning.waiting", count=waiting) if waiting else ""
    body: list[Element] = [
        heading(text("trainings_planning.participants_of", title=title)),
        paragraph(f"{count} {queue}".strip()),
    ]
    if seated:
        body += [small(_by_municipality(seated, places)), small(_by_role(seated))]
    shown = everybody[page.first : page.last]
    body += _names(page, shown, places) if shown else []
    body += place_in_list(page)
    body.append(small(text("trainings_planning.participants_private")))
    actions = [
        navigate(text("trainings_planning.show_training"), "training_show", id=training.id),
        navigate(text("trainings_planning.held"), "held_trainings"),
    ]
    return Reply(card=card(body, actions), summary=summary(f"{title}: {count}"))


def _names(page: Page, shown: Sequence[Participant], places: Places) -> list[Element]:
    lines: list[Element] = []
    for number, one in zip(page.numbers, shown, strict=True):
        if one is shown[0] or _has_seat(one) != _has_seat(shown[number - page.first - 2]):
            key = "have_seat" if _has_seat(one) else "wait"
            lines.append(bold(text(f"trainings_planning.{key}")))
        name = swedish.plain(one.person.name, 60) or text("trainings_planning.no_name")
        told = ", ".join(filter(None, [name, *_about(one.person, places)]))
        line = text("trainings_planning.participant", number=number, told=told)
        lines.append(paragraph(line, spacing="none"))
    return lines


def _about(person: Person, places: Places) -> list[str]:
    municipality = places.name_of(person.municipality) if person.municipality else ""
    role = text(f"recipients.{person.position.value}") if person.position else ""
    return [municipality, role[:1].lower() + role[1:]]


def _by_municipality(people: Sequence[Person], places: Places) -> str:
    unknown = text("trainings_planning.no_municipality")
    names = (places.name_of(one.municipality) if one.municipality else unknown for one in people)
    return text("trainings_planning.by_municipality", told=_counted(Counter(names)))


def _by_role(people: Sequence[Person]) -> str:
    unknown = text("trainings_planning.no_role")
    roles = (
        text(f"recipients.{one.position.value}") if one.position else unknown for one in people
    )
    return text("trainings_planning.by_role", told=_counted(Counter(roles)))


def _counted(counts: Counter[str]) -> str:
    """The most first."""
    every = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return ", ".join(f"{name} {count}" for name, count in every)


def _has_seat(one: Participant) -> bool:
    return one.signup.status is SignupStatus.CONFIRMED
