"""Who takes part is seen and changed only by those who hold the training."""

from datetime import UTC, datetime, timedelta

import pytest

from knowledge.directory.models import Person
from knowledge.trainings.models import TrainingStatus
from knowledge.trainings.participants.models import Counts, Group, PassedOver
from knowledge.trainings.participants.refusals import (
    NoSuchPerson,
    TooLate,
)
from knowledge.trainings.planning.refusals import NotACoordinator, NotFound, NotHeldBy
from tests.knowledge.trainings.participants.conftest import ALVESTA, LUND, VAXJO, House


async def test_the_counts_are_by_municipality(house: House, kerstin: Person) -> None:
    training = await house.training(seats=3)
    for name, place in (("A", VAXJO), ("B", VAXJO), ("C", ""), ("D", ALVESTA), ("E", ALVESTA)):
        await house.trainings.sign_up(await house.person(name, place), training)
    seen = await house.participants.overview(kerstin, training)

    assert seen.by_municipality == {VAXJO: Counts(2), "": Counts(1), ALVESTA: Counts(0, 2)}
    assert seen.total == Counts(3, 2)
    assert seen.reached == 1
    assert seen.by_position == {None: Counts(3, 2)}


async def test_the_list_is_in_order_and_goes_on(house: House, kerstin: Person) -> None:
    training = await house.training(seats=2)
    for name in "ABCDE":
        await house.trainings.sign_up(await house.person(name), training)
    seated = await house.participants.page(kerstin, training, Group.SEATED, 1, 5)
    waiting = await house.participants.page(kerstin, training, Group.WAITING, 1, 1)

    assert [(one.name, one.place_in_line) for one in seated] == [("B", 0)]
    assert [(one.name, one.place_in_line) for one in waiting] == [("D", 2)]


async def test_who_has_removed_the_app_is_passed_over_in_the_line(
    house: House, kerstin: Person
) -> None:
    training = await house.training(seats=1)
    for name in ("Anna", "Bo", "Cia"):
        await house.trainings.sign_up(await house.person(name), training)
    await house.directory.mark_installed("t", "a:Bo", here=False)
    await house.directory.mark_blocked("t", "a:Cia")
    waiting = await house.participants.page(kerstin, training, Group.WAITING, 0, 5)

    reasons = [(one.place_in_line, one.passed_over) for one in waiting]
    assert reasons == [(1, PassedOver.REMOVED), (2, PassedOver.BLOCKED)]


async def test_only_who_holds_the_training_at_this_moment_sees_it(
    house: House, kerstin: Person
) -> None:
    training = await house.training(owners=("07", "12"))
    skane, anna = await house.coordinator("Sara", "12"), await house.person("Anna")
    halland = await house.coordinator("Hans", "13")
    draft = await house.training(status=TrainingStatus.DRAFT)
    await house.participants.overview(skane, training)
    await house.directory.revoke("t", "Kerstin Karlsson", "07")

    for who, refusal in ((halland, NotHeldBy), (anna, NotACoordinator), (kerstin, NotACoordinator)):
        with pytest.raises(refusal):
            await house.participants.everybody(who, training)
        with pytest.raises(refusal):
            await house.participants.remove(who, training, anna.id, "")
    with pytest.raises(NotFound):
        await house.participants.overview(skane, draft)


async def test_a_removed_seat_goes_to_the_next_and_history_tells_who_did_it(
    house: House, kerstin: Person
) -> None:
    training = await house.training(seats=1)
    anna, bo = await house.person("Anna Berg"), await house.person("Bo Ek", LUND)
    for one in (anna, bo):
        await house.trainings.sign_up(one, training)
    _, found = await house.participants.find(kerstin, training, "berg")
    assert [one.id for one in found] == [anna.id]
    await house.participants.remove(kerstin, training, anna.id, "Du har slutat.")

    assert await house.told(anna) == ["removed Du har slutat."]
    assert (await house.told(bo))[0].startswith("promoted")
    assert (await house.history_of(training, anna))[-1] == (
        kerstin.id,
        "withdrawn",
        "Du har slutat.",
    )
    assert (await house.history_of(training, bo))[-1] == (kerstin.id, "confirmed", "")
    assert (await house.trainings.get(training)).taken == 1
    with pytest.raises(NoSuchPerson):  # once is enough
        await house.participants.remove(kerstin, training, anna.id, "")


async def test_who_was_promoted_and_then_removed_is_told_of_the_last_only(
    house: House, kerstin: Person
) -> None:
    training = await house.training(seats=1)
    anna, bo = await house.person("Anna"), await house.person("Bo")
    for one in (anna, bo):
        await house.trainings.sign_up(one, training)
    await house.participants.remove(kerstin, training, anna.id, "")
    await house.participants.remove(kerstin, training, bo.id, "")

    assert (await house.trainings.get(training)).taken == 0
    assert await house.trainings.mine(bo) == []


async def test_nobody_is_removed_once_it_has_begun(house: House, kerstin: Person) -> None:
    anna = await house.person("Anna")
    past = datetime.now(UTC) - timedelta(hours=1)
    begun = await house.training(starts_at=past)
    off = await house.training(status=TrainingStatus.CANCELLED)
    for training in (begun, off):
        with pytest.raises(TooLate):
            await house.participants.remove(kerstin, training, anna.id, "")
