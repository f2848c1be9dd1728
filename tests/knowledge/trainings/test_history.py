"""What became of a training and of a sign-up can be read back: who, when, from what, to what."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from knowledge.storage.database import Database
from knowledge.trainings import history
from knowledge.trainings.history import Change
from knowledge.trainings.models import TrainingStatus
from knowledge.trainings.refusals import SignupClosed, TooLateToWithdraw, TrainingNotFound
from knowledge.trainings.service import TrainingService
from tests.knowledge.trainings.test_service import TRAINING, people

NOW = datetime.now(UTC)


async def of(database: Database, training_id: int, person_id: int) -> list[Change]:
    async with database.read() as tx:
        return await history.list_of_signups(tx, training_id, person_id)


async def test_a_sign_up_that_waited_was_promoted_and_withdrawn_tells_it_all(
    database: Database, trainings: TrainingService
) -> None:
    training = await trainings.add(replace(TRAINING, seats=1))
    anna, berit = await people(database, 2)
    await trainings.sign_up(anna, training)
    await trainings.sign_up(berit, training)
    await trainings.withdraw(anna, training)
    await trainings.withdraw(berit, training)
    await trainings.sign_up(berit, training)

    told = await of(database, training, berit.id)
    assert [(one.act.by, one.was, one.became) for one in told] == [
        (berit.id, "", "waiting"),
        (anna.id, "waiting", "confirmed"),
        (berit.id, "confirmed", "withdrawn"),
        (berit.id, "", "confirmed"),
    ]
    moments = [one.act.at for one in told]
    assert moments == sorted(moments)
    assert abs(datetime.now(UTC) - moments[0]) < timedelta(minutes=10)


async def test_everybody_who_is_served_together_has_a_history_of_their_own(
    database: Database, trainings: TrainingService
) -> None:
    training = await trainings.add(replace(TRAINING, seats=1))
    anna, berit, cecilia = await people(database, 3)
    desk = await trainings._sign_all_up(training, [anna, berit, cecilia, anna])

    assert len(desk) == 4
    for person, became in ((anna, "confirmed"), (berit, "waiting"), (cecilia, "waiting")):
        told = await of(database, training, person.id)
        assert [(one.act.by, one.became) for one in told] == [(person.id, became)]


async def test_what_changes_nothing_leaves_nothing(
    database: Database, trainings: TrainingService
) -> None:
    past = NOW - timedelta(hours=1)
    late = await trainings.add(replace(TRAINING, sign_up_until=past))
    bound = await trainings.add(replace(TRAINING, withdraw_until=past))
    [anna] = await people(database, 1)
    with pytest.raises(SignupClosed):
        await trainings.sign_up(anna, late)
    await trainings.sign_up(anna, bound)
    with pytest.raises(TooLateToWithdraw):
        await trainings.withdraw(anna, bound)

    assert await of(database, late, anna.id) == []
    assert [one.became for one in await of(database, bound, anna.id)] == ["confirmed"]


@pytest.mark.parametrize("status", [TrainingStatus.DRAFT, TrainingStatus.DELETED])
async def test_a_draft_is_there_for_nobody_who_signs_up(
    database: Database, trainings: TrainingService, status: TrainingStatus
) -> None:
    draft = await trainings.add(replace(TRAINING, status=status))
    [anna] = await people(database, 1)
    for act in (trainings.get(draft), trainings.sign_up(anna, draft)):
        with pytest.raises(TrainingNotFound):
            await act
    assert await trainings.find_all([draft]) == {}


async def test_everything_about_a_training_is_kept(trainings: TrainingService) -> None:
    whole = replace(
        TRAINING,
        organizer="Länsstyrelsen",
        price=250,
        for_whom="Nya samordnare",
        bring="Dator",
        online=True,
        join_link="https://teams.microsoft.com/l/meetup",
        sign_up_until=TRAINING.starts_at - timedelta(days=7),
        withdraw_until=TRAINING.starts_at - timedelta(days=3),
        owners=("07", "08"),
    )
    id_ = await trainings.add(whole)

    assert await trainings.get(id_) == replace(whole, id=id_)
