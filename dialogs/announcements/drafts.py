"""What has been written so far: checked, kept, and shown as it will look."""

from collections.abc import Mapping
from typing import Any

from dialogs.announcements import form as forms
from dialogs.announcements.offered import Offers
from dialogs.announcements.views import AnnouncementViews, gone
from dialogs.conversation import swedish
from dialogs.conversation.dialog import Answer
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from knowledge.announcements.audience import Audience, TrainingPart
from knowledge.announcements.models import Draft
from knowledge.announcements.refusals import (
    AlreadySent,
    DraftIncomplete,
    NotACoordinator,
    NotFound,
    OutsideCounty,
)
from knowledge.announcements.service import AnnouncementService
from knowledge.announcements.words import Words
from knowledge.directory.models import NATIONAL, Person
from knowledge.trainings.models import Training


class AnnouncementDrafts:
    """Keeps drafts for the dialog that writes them. Nothing that was written is lost."""

    def __init__(
        self, announcements: AnnouncementService, offers: Offers, views: AnnouncementViews
    ) -> None:
        self.announcements = announcements
        self.offers = offers
        self.views = views

    async def so_far(self, person: Person, values: Mapping[str, Any]) -> Draft:
        """What was faulty in the last form, else what is saved, else an empty one."""
        if "draft" in values:
            return forms.restored(values["draft"])
        if values.get("id"):
            try:
                return (await self.announcements.get(person, values["id"])).draft
            except NotFound:
                pass
        offered = await self.offers.to(person)
        county = person.counties[0] if person.counties else ""
        return Draft(Words(), county, Audience(counties=offered.at_first))

    async def to_training(
        self, person: Person, training_id: int, part: TrainingPart
    ) -> Draft | None:
        """An empty one to those who take part; None when others hold the training."""
        offered = await self.offers.to(person, training_id)
        training = next((one for one in offered.trainings if one.id == training_id), None)
        if training is None:
            return None
        own = [code for code in training.owned_by if code in person.counties]
        places = (NATIONAL,) if offered.is_national else (*own,)
        audience = Audience(
            counties=places,
            training=training_id,
            training_part=part,
            to_channels=False,
            to_people=True,
        )
        return Draft(_first_words(training, part), places[0] if places else "", audience)

    async def save(
        self,
        person: Person,
        draft: Draft,
        faults: tuple[str, ...],
        *,
        id_: int | None,
        token: str,
        note: str = "",
    ) -> Answer:
        """The preview; or the form with what is wrong. `faults` were found when it was read.

        `note` tells in the preview what is new in it.
        """
        if not person.is_coordinator:
            return Answer(Reply(text("announcements.write.not_a_coordinator")))
        faults = (*draft.faults, *faults, *await self._training_faults(person, draft))
        faults = (*faults, *_unkept(draft.words))
        if faults:
            return await self.form_again(person, draft, faults, id_=id_, token=token)
        too_long = await self.views.excess(draft, id_=id_ or 1)
        if too_long:
            return await self.form_again(
                person, draft, ("size",), id_=id_, token=token, too_long=too_long
            )
        return await self._keep(person, draft, id_, token, note)

    async def form_again(
        self,
        person: Person,
        draft: Draft,
        faults: tuple[str, ...],
        *,
        id_: int | None,
        token: str = "",
        too_long: int = 0,
    ) -> Answer:
        """The form with everything that was written, and each fault once."""
        each_once = tuple(dict.fromkeys(faults))
        return await self.views.form(
            person, draft, faults=each_once, too_long=too_long, id_=id_, token=token
        )

    async def _keep(
        self, person: Person, draft: Draft, id_: int | None, token: str, note: str
    ) -> Answer:
        try:
            if id_ and (await self.announcements.get(person, id_)).waits:
                note = text("announcements.write.taken_back")
            saved = await self.announcements.save_draft(person, draft, id=id_)
        except DraftIncomplete as refusal:
            return await self.form_again(person, draft, refusal.fields, id_=id_, token=token)
        except (OutsideCounty, NotACoordinator):
            return self.views.outside(person)
        except NotFound:
            return gone(person)
        except AlreadySent as refusal:
            return await self.views.as_it_is(person, refusal.announcement, already=True)
        return await self.views.preview(person, saved, token=token, note=note)

    async def _training_faults(self, person: Person, draft: Draft) -> tuple[str, ...]:
        """Only a training that is open, in the person's counties, can be attached."""
        if draft.training_id is None:
            return ()
        offered = await self.offers.to(person)
        may_be = {training.id for training in offered.attachable}
        return () if draft.training_id in may_be else ("attached",)


def _first_words(training: Training, part: TrainingPart) -> Words:
    """Those who came are thanked; what is written to others is not known."""
    if part is not TrainingPart.PRESENT:
        return Words()
    title = swedish.bare(training.title)
    return Words(
        heading=text("trainings_participants.thanks_heading", title=title),
        text=f"{text('trainings_participants.thanks_text', title=title)} {_material()}",
    )


def _material() -> str:
    return text("trainings_participants.thanks_material")


def _unkept(words: Words) -> tuple[str, ...]:
    """Our own first words promise what was shown: without a link they would be empty."""
    has_link = any(link.url.strip() for link in words.links) or "https://" in words.text
    return ("material",) if _material() in words.text and not has_link else ()
