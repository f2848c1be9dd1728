"""A coordinator asks, and nobody is signed up without a yes of their own."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from knowledge.directory.models import Person
from knowledge.trainings.models import SignupStatus, TrainingStatus
from knowledge.trainings.participants.refusals import (
    AlreadyAsked,
    AlreadyThere,
    HasDeclined,
    InvitationGone,
    NoSuchPerson,
    OutOfReach,
    TooLate,
)
from knowledge.trainings.planning.refusals import NotACoordinator
from tests.knowledge.trainings.participants.conftest import LUND, House


async def test_nobody_is_signed_up_without_a_yes(house: House, kerstin: Person) -> None:
    training, anna = await house.training(), await house.person("Anna Berg")
    asked = await house.invitations.invite(kerstin, training, anna.id, "Välkommen!")
    assert await house.told(anna) == ["invited Välkommen!"]
    assert await house.trainings.find_signup(anna, training) is None

    signup = await house.invitations.accept(anna, asked.id)
    assert signup.status is SignupStatus.CONFIRMED
    assert await house.told(kerstin) == ["answered confirmed"]
    note = f"invitation:{asked.id}"
    assert await house.history_of(training, anna) == [(anna.id, "confirmed", note)]


async def test_two_taps_on_yes_give_one_place(house: House, kerstin: Person) -> None:
    training, anna = await house.training(seats=1), await house.person("Anna")
    asked = await house.invitations.invite(kerstin, training, anna.id, "")
    taps = [house.invitations.accept(anna, asked.id) for _ in range(5)]
    places = await asyncio.gather(*taps)

    assert sorted(one.already for one in places) == [False, True, True, True, True]
    assert (await house.trainings.get(training)).taken == 1


async def test_a_yes_to_a_full_training_is_a_place_in_line(house: House, kerstin: Person) -> None:
    training, anna = await house.training(seats=1), await house.person("Anna")
    asked = await house.invitations.invite(kerstin, training, anna.id, "")
    await house.trainings.sign_up(await house.person("Bo"), training)
    signup = await house.invitations.accept(anna, asked.id)

    assert (signup.status, signup.place_in_line) == (SignupStatus.WAITING, 1)


async def test_a_no_is_told_and_not_asked_again(house: House, kerstin: Person) -> None:
    training, anna = await house.training(), await house.person("Anna")
    asked = await house.invitations.invite(kerstin, training, anna.id, "")
    with pytest.raises(AlreadyAsked):
        await house.invitations.invite(kerstin, training, anna.id, "")
    await house.invitations.decline(anna, asked.id)
    await house.invitations.decline(anna, asked.id)

    assert await house.told(kerstin) == ["answered no"]
    with pytest.raises(HasDeclined):
        await house.invitations.invite(kerstin, training, anna.id, "")
    with pytest.raises(InvitationGone):
        await house.invitations.accept(anna, asked.id)


async def test_only_the_invited_person_answers(house: House, kerstin: Person) -> None:
    training, anna = await house.training(), await house.person("Anna")
    asked = await house.invitations.invite(kerstin, training, anna.id, "")
    bo = await house.person("Bo")
    for answer in (house.invitations.accept, house.invitations.decline):
        with pytest.raises(InvitationGone):
            await answer(bo, asked.id)
    await house.invitations.accept(anna, asked.id)


async def test_people_are_found_in_the_coordinators_own_municipalities(
    house: House, kerstin: Person
) -> None:
    training = await house.training()
    for name in ("Åsa Berg", "Asa Berg", "Anna-Maria Öberg", "Anna Berg", "Annastina Bergman"):
        await house.person(name)
    far = await house.person("Anna Maria Berg", LUND)

    async def found(name: str) -> set[str]:
        return {one.name for one in (await house.invitations.find(kerstin, training, name))[1]}

    assert await found("anna berg") == {"Anna Berg"}
    assert await found("asa berg") == {"Åsa Berg", "Asa Berg"}
    assert await found("öberg") == {"Anna-Maria Öberg"}
    assert await found("Maria Anna") == {"Anna-Maria Öberg"}
    for nothing in ("", "%", "_nna", "Anna%", "Bosse"):
        assert await found(nothing) - {"Anna Berg", "Anna-Maria Öberg"} == set()
    with pytest.raises(NoSuchPerson):
        await house.invitations.invite(kerstin, training, far.id, "")


async def test_who_is_there_or_gone_is_not_asked(house: House, kerstin: Person) -> None:
    training, anna, bo = (
        await house.training(),
        await house.person("Anna"),
        await house.person("Bo"),
    )
    await house.trainings.sign_up(anna, training)
    await house.directory.mark_installed("t", "a:Bo", here=False)
    with pytest.raises(AlreadyThere):
        await house.invitations.look(kerstin, training, anna.id)
    with pytest.raises(OutOfReach):
        await house.invitations.invite(kerstin, training, bo.id, "")


async def test_when_signing_up_is_closed_the_coordinators_word_counts_while_she_has_it(
    house: House, kerstin: Person
) -> None:
    past = datetime.now(UTC) - timedelta(days=1)
    closed = await house.training(status=TrainingStatus.CLOSED)
    late = await house.training(sign_up_until=past)
    anna, bo = await house.person("Anna"), await house.person("Bo")
    by_anna = await house.invitations.invite(kerstin, closed, anna.id, "")
    by_bo = await house.invitations.invite(kerstin, late, bo.id, "")
    await house.invitations.accept(anna, by_anna.id)
    await house.directory.revoke("t", "Kerstin Karlsson", "07")

    with pytest.raises(TooLate):
        await house.invitations.accept(bo, by_bo.id)
    with pytest.raises(NotACoordinator):
        await house.invitations.invite(kerstin, late, anna.id, "")
    assert await house.trainings.find_signup(bo, late) is None


async def test_who_signed_up_meanwhile_keeps_that_place(house: House, kerstin: Person) -> None:
    training, anna = await house.training(), await house.person("Anna")
    asked = await house.invitations.invite(kerstin, training, anna.id, "")
    own = await house.trainings.sign_up(anna, training)
    said = await house.invitations.accept(anna, asked.id)

    assert (said.id, said.already) == (own.id, True)
