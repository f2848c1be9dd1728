"""All that can be said about trainings."""

from collections.abc import Iterator

from dialogs.conversation.dialog import Dialog
from dialogs.trainings.about_training import AboutTraining
from dialogs.trainings.find_training import FindTraining
from dialogs.trainings.lists import TrainingLists
from dialogs.trainings.my_trainings import MyTrainings
from dialogs.trainings.sign_up_for_training import SignUpForTraining
from dialogs.trainings.wording import TrainingWording
from knowledge.trainings.service import TrainingService


def training_dialogs(
    trainings: TrainingService, wording: TrainingWording, lists: TrainingLists
) -> Iterator[Dialog]:
    yield AboutTraining(trainings, lists)
    yield FindTraining(lists)
    yield SignUpForTraining(trainings, wording, lists)
    yield MyTrainings(trainings, lists)
