"""All that can be said about trainings."""

from collections.abc import Iterator

from dialogs.conversation.dialog import Dialog
from dialogs.trainings.about_training import AboutTraining
from dialogs.trainings.asking.sign_ups import SignUps
from dialogs.trainings.find_training import FindTraining
from dialogs.trainings.lists import TrainingLists
from dialogs.trainings.my_trainings import MyTrainings
from dialogs.trainings.planning.cancel_training import CancelTraining
from dialogs.trainings.planning.hold_trainings import HoldTrainings
from dialogs.trainings.planning.offered import Offers
from dialogs.trainings.planning.plan_training import PlanTraining
from dialogs.trainings.planning.views import TrainingViews
from dialogs.trainings.planning.writing import TrainingWriting
from dialogs.trainings.seats.answer_offer import AnswerOffer
from dialogs.trainings.seats.switch_reminders import SwitchReminders
from dialogs.trainings.seats.undo_withdrawal import UndoWithdrawal
from dialogs.trainings.sign_up_for_training import SignUpForTraining
from knowledge.trainings.planning.service import PlanningService
from knowledge.trainings.reminders import TrainingReminders


def training_dialogs(
    sign_ups: SignUps, planning: PlanningService, lists: TrainingLists, reminders: TrainingReminders
) -> Iterator[Dialog]:
    trainings = sign_ups.trainings
    yield AboutTraining(trainings, lists, sign_ups.wording)
    yield FindTraining(lists)
    yield SignUpForTraining(sign_ups, lists)
    yield MyTrainings(trainings, lists, sign_ups.wording)
    yield UndoWithdrawal(trainings, sign_ups.wording)
    yield AnswerOffer(sign_ups)
    yield SwitchReminders(reminders)
    views = TrainingViews(Offers(lists.places, lists.library), planning.now)
    writing = TrainingWriting(planning, views)
    yield PlanTraining(planning, views, writing)
    yield HoldTrainings(planning, views, writing)
    yield CancelTraining(planning, views)
