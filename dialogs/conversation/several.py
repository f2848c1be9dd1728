"""Several questions in one message: which they are, and their answers in one card."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Protocol

from dialogs.conversation.asked import Piece, is_asked
from dialogs.conversation.card_parts import (
    Element,
    bold,
    card,
    paragraphs,
    small,
    summary,
    with_first_line,
)
from dialogs.conversation.dialog import ASKED, COMMAND, Answer, Dialog, Heard, Instead, Step
from dialogs.conversation.swedish import plain
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from knowledge.answers.models import Found, Outcome

MOST = 2
"""So many are answered in one message; of more we ask which comes first."""


@dataclass(frozen=True)
class Part:
    """One part of a message: the command or the article that answers it for sure, and the article
    that is nearest. `acts`: it is a wish to change something. `strange`: the base has nothing for
    it."""

    piece: Piece
    command: str = ""
    answer: str = ""
    nearest: str = ""
    acts: bool = False
    strange: bool = False

    @property
    def said(self) -> str:
        return self.piece.said

    @property
    def offered(self) -> str:
        """What it is among what is offered."""
        if self.command:
            return f"{COMMAND}{self.command}"
        return self.answer or f"{ASKED}{self.said}"

    @property
    def is_sure(self) -> bool:
        return bool(self.command or self.answer)


def apart(parts: Sequence[Part], whole: Found) -> list[Part]:
    """The parts to answer each for itself; none where the message is one question.

    What has a sure answer as a whole is one, unless each part has a sure answer of its own or is
    of another world. A part that is nearest to what another is answered with adds nothing.
    """
    asked = [part for part in parts if part.command or is_asked(part.said)]
    answers = {part.answer for part in asked if part.answer}
    if whole.is_sure:
        goes_on = any(part.piece.goes_on for part in asked)
        each = all(part.is_sure or (part.strange and part.nearest not in answers) for part in asked)
        if goes_on or not each or whole.matches[0].id not in answers:
            return []
    seen: set[str] = set()
    kept = []
    for part in asked:
        if part.is_sure and (part.command or part.answer) not in seen:
            seen.add(part.command or part.answer)
            kept.append(part)
        elif not part.is_sure and part.nearest not in answers:
            kept.append(part)
    if len(kept) < MOST and not _is_enough(kept, whole):
        return []
    return kept if any(part.is_sure for part in kept) else []


def _is_enough(kept: Sequence[Part], whole: Found) -> bool:
    """Whether the only question may be answered without what is told around it."""
    answer = kept[0].answer if kept else ""
    near = whole.outcome is Outcome.UNKNOWN or whole.matches[0].id == answer
    return bool(answer) and near and not whole.is_sure


class _Hearer(Protocol):
    @property
    def dialog(self) -> Dialog: ...
    @property
    def step(self) -> Step: ...
    @property
    def personal(self) -> bool: ...


Hearing = Callable[[Heard, None], Iterator[tuple[_Hearer, Heard]]]
"""Who may answer a message that is not awaited, in order."""


class Several(Dialog):
    """Two answers in one message, as if each had been asked for by itself."""

    name: ClassVar[str] = "several"

    def __init__(self, in_words: Hearing) -> None:
        self.in_words = in_words

    async def both(self, heard: Heard) -> Answer | None:
        """The answers to the `parts` among the values."""
        first_said, second_said = heard.values["parts"]
        first, by = await self._answer(heard, first_said)
        if first is None:
            return None
        after = replace(heard, about={**heard.about, **(first.about or {})})
        second, second_by = await self._answer(after, second_said)
        if second is None:
            return None
        waits, by = (second, second_by) if second.then or not first.then else (first, by)
        about = {**(first.about or {}), **(second.about or {})}
        halves = [(first, first_said), (second, second_said)]
        key = "" if first.unsure == second.unsure else "second" if first.unsure else "first"
        # What waits for an answer comes last: that is what is answered.
        reply = _joined(sorted(halves, key=lambda half: bool(half[0].then)), key)
        return Answer(reply, then=waits.then, values=waits.values, about=about, by=by)

    async def one(self, heard: Heard) -> Answer | None:
        """The answer to the only question, where something else was wished beside it."""
        answer, by = await self._answer(heard, heard.values["parts"][0], brief=False)
        if answer is None:
            return None
        reply = with_first_line(answer.reply, text("conversation.several.only_asked"))
        return replace(answer, reply=reply, by=by)

    async def _answer(
        self, heard: Heard, said: str, *, brief: bool = True
    ) -> tuple[Answer | None, str]:
        """What is answered to one of them, and by which dialog."""
        turn = replace(heard.turn, text=said)
        here = replace(heard, turn=turn, values={}, awaited=False, brief=brief)
        for hearer, candidate in self.in_words(here, None):
            if hearer.personal:
                candidate.must_be_private()
            answer = await hearer.step(candidate)
            if answer and not isinstance(answer, Instead):
                return answer, answer.by or hearer.dialog.name
        return None, ""


def _joined(halves: Sequence[tuple[Answer, str]], only: str) -> Reply:
    """One card: what is not sure comes under its question, and half an answer says which."""
    body: list[Element] = []
    titles = {one["title"] for one in _actions(halves[-1][0])}
    for number, (answer, said) in enumerate(halves):
        last = number == len(halves) - 1
        asked = [bold(text("conversation.several.asked", question=plain(said)))]
        items = [*(asked if answer.unsure else []), *_body(answer.reply)]
        actions = [one for one in _actions(answer) if last or one["title"] not in titles]
        if actions:
            items.append({"type": "ActionSet", "actions": actions})
        body.append({"type": "Container", "items": items, "separator": number > 0})
    if only:
        body.insert(0, small(text(f"conversation.several.only_{only}")))
    first = halves[0][0].reply
    return Reply(card=card(body), summary=summary(first.summary or first.text))


def _body(reply: Reply) -> list[Element]:
    shown: list[Element] = reply.card["body"] if reply.card else paragraphs(reply.text)
    return shown


def _actions(answer: Answer) -> list[dict[str, Any]]:
    return list(answer.reply.card.get("actions", [])) if answer.reply.card else []
