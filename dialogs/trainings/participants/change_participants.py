"""Adding somebody, who is asked first, and removing somebody, with a word about why."""

import re
from dataclasses import replace
from typing import Any, ClassVar

from dialogs.conversation import inputs
from dialogs.conversation.card_parts import with_first_line
from dialogs.conversation.dialog import Answer, Dialog, Heard, tapped
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text, texts
from dialogs.trainings.participants.changes import ADD, REMOVE, ParticipantChanges
from dialogs.trainings.participants.views import CHANGE, OTHERS_HEAR
from dialogs.understanding.effect import Effect
from knowledge import letters
from knowledge.directory.places import fold
from knowledge.trainings.participants.models import LONGEST_NOTE

MOST_NAMES = 5
"""More words are no name."""

_LINE = re.compile(r"\s*(\w+)\s*:\s*(\S.*)", re.DOTALL)


class ChangeParticipants(Dialog):
    """Hears the name, which of several, and whether it is so."""

    name: ClassVar[str] = CHANGE

    def __init__(self, changes: ParticipantChanges) -> None:
        self.changes = changes

    @tapped("participant_add", effect=Effect.NONE, personal=True, others_hear=OTHERS_HEAR)
    async def tapped_add(self, heard: Heard) -> Answer | None:
        return await self._begin(heard, ADD)

    @tapped("participant_remove", effect=Effect.NONE, personal=True, others_hear=OTHERS_HEAR)
    async def tapped_remove(self, heard: Heard) -> Answer | None:
        return await self._begin(heard, REMOVE)

    @tapped("participant_named", effect=Effect.NONE, personal=True, others_hear=OTHERS_HEAR)
    async def tapped_named(self, heard: Heard) -> Answer | None:
        return await self._begin(heard, heard.word("act"), _tidy(heard.word("name")))

    @tapped("participant_pick", effect=Effect.NONE, personal=True, others_hear=OTHERS_HEAR)
    async def tapped_pick(self, heard: Heard) -> Answer | None:
        id_, other, act = heard.number("training"), heard.number("person"), heard.word("act")
        if not id_ or not other or act not in (ADD, REMOVE):
            return None
        return await self.changes.ask(heard.person, id_, act, other)

    @tapped("participant_do_add", effect=Effect.OTHERS, personal=True, others_hear=OTHERS_HEAR)
    async def tapped_do_add(self, heard: Heard) -> Answer | None:
        return await self._do(heard, ADD)

    @tapped("participant_do_remove", effect=Effect.OTHERS, personal=True, others_hear=OTHERS_HEAR)
    async def tapped_do_remove(self, heard: Heard) -> Answer | None:
        return await self._do(heard, REMOVE)

    @tapped("participant_leave", effect=Effect.NONE, personal=True, others_hear=OTHERS_HEAR)
    async def tapped_leave(self, heard: Heard) -> Answer | None:
        id_ = heard.number("training")
        return await self.changes.leave(heard.person, id_) if id_ else None

    async def give_name(self, heard: Heard) -> Answer | None:
        """Hears a name, and nothing that is none."""
        words = heard.text.split()
        if len(words) > MOST_NAMES or re.search(r"[\d?:]", heard.text):
            return None
        if inputs.is_short_refusal(heard.text) or inputs.is_reply(heard.text):
            return await self._left(heard)
        id_, act = int(heard.values["training"]), str(heard.values["act"])
        return await self.changes.begin(heard.person, id_, act, _tidy(heard.text))

    async def which_person(self, heard: Heard) -> Answer | None:
        """Hears the number of one of those who are called so."""
        if inputs.is_none_of_these(heard.text) or inputs.agreed(heard.text) is False:
            return await self._left(heard)
        people = heard.values["people"]
        number = _number_in(heard.text)
        if not 0 < number <= len(people):
            return None
        id_, act = int(heard.values["training"]), str(heard.values["act"])
        return await self.changes.ask(heard.person, id_, act, int(people[number - 1]))

    async def confirm(self, heard: Heard) -> Answer | None:
        """Hears ja or nej, and "Meddelande: …", which is asked about with the rest."""
        values = heard.values
        asked = (int(values["training"]), str(values["act"]), int(values["person"]))
        if note := _note_in(heard.text):
            return await self.changes.ask(heard.person, *asked, note)
        yes = f"trainings_participants.change.do_{asked[1]}"
        said = inputs.agreed(heard.text, yes)
        if said is None:
            return None
        if not said:
            return await self._left(heard)
        return await self.changes.do(heard.person, *asked, str(values.get("note", "")))

    async def again(self, heard: Heard) -> Answer | None:
        """The question once more, with the name: whoever says another must not be taken to mean
        this one."""
        values = heard.values
        if "person" in values:
            asked = (int(values["training"]), str(values["act"]), int(values["person"]))
            answer = await self.changes.ask(heard.person, *asked, str(values.get("note", "")))
            note = text("trainings_participants.change.again")
            return replace(answer, reply=with_first_line(answer.reply, note))
        if "people" in values:
            said = text("trainings_participants.change.which_again", number=1)
            return Answer(Reply(said), then="which_person", values=values)
        return None  # no name: it is heard as something new

    async def _begin(self, heard: Heard, act: str, name: str = "") -> Answer | None:
        id_ = heard.number("training")
        if not id_ or act not in (ADD, REMOVE):
            return None
        return await self.changes.begin(heard.person, id_, act, name)

    async def _do(self, heard: Heard, act: str) -> Answer | None:
        id_, other = heard.number("training"), heard.number("person")
        if not id_ or not other:
            return None
        note = _tidy(heard.word("note"))[:LONGEST_NOTE]
        return await self.changes.do(heard.person, id_, act, other, note)

    async def _left(self, heard: Heard) -> Answer:
        return await self.changes.leave(heard.person, int(heard.values["training"]))


def _number_in(typed: str) -> int:
    """Of "2" and "välj 2"; 0 for none."""
    last = typed.split()[-1] if typed.split() else ""
    number = inputs.number(typed) or inputs.number(last) or 0
    pick = text("trainings_participants.change.which_pick", number=number)
    is_pick = fold(typed, strip=False) == fold(pick, strip=False)
    return number if is_pick or inputs.number(typed) else 0


def _note_in(typed: str) -> str:
    """What follows "Meddelande:"; "" without such a word."""
    found = _LINE.fullmatch(typed)
    words: dict[str, Any] = dict.fromkeys(
        fold(one, strip=False) for one in texts("trainings_participants.change.field_note")
    )
    said = found is not None and fold(found[1], strip=False) in words
    return _tidy(found[2])[:LONGEST_NOTE] if found and said else ""


def _tidy(typed: str) -> str:
    return " ".join(letters.seen(typed).split())
