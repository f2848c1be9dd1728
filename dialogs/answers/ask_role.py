"""Asks who asks, where the answer differs by that, and shows what answers them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from dialogs.answers import cards
from dialogs.answers.anonymous import county_of
from dialogs.answers.cards import Choice
from dialogs.answers.offered import title_of
from dialogs.answers.show import AnswerShow
from dialogs.conversation import inputs
from dialogs.conversation.dialog import Answer, Dialog, Heard, tapped
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.understanding.effect import Effect
from knowledge.answers.models import Found, Role
from knowledge.questions.service import QuestionService


@dataclass(frozen=True)
class Asked:
    """What waits for a role: the article that leads on, the role whose kinds are asked for, the
    question as it may be kept, and whether it was in English."""

    id: str
    group: str
    question: str = ""
    english: bool = False


class AskRole(Dialog):
    """One question back, or two: where do you work, and as what?"""

    name: ClassVar[str] = "ask_role"
    minds_numbers: ClassVar[bool] = True

    def __init__(self, shelf: AnswerShow, questions: QuestionService) -> None:
        self.library = shelf.library
        self.questions = questions
        self.shelf = shelf

    def ask(self, asked: Asked) -> Answer:
        """The question, with a line to tap for each kind."""
        group = self.library.roles.every[asked.group]
        choices = [_choice(kind, asked) for kind in self._kinds(asked.group)]
        values = {"id": asked.id, "group": asked.group, "question": asked.question}
        return Answer(
            cards.which_role(group.ask, choices, self._why(asked, group)),
            then="role",
            values={**values, "english": asked.english},
            about={"missed": False, "offered": [asked.id]},
            by=self.name,
        )

    async def role(self, heard: Heard) -> Answer | None:
        """The reaction: a number, a role, or where somebody works."""
        asked = _asked(heard.values)
        kinds = self._kinds(asked.group)
        number = inputs.number(heard.text)
        if number is not None and (0 < number <= len(kinds) or number == -1):
            return await self._of(kinds[number - 1 if number > 0 else -1].id, asked, heard)
        if inputs.is_none_of_these(heard.text):
            return await self._of(kinds[-1].id, asked, heard)
        role = self.library.roles.replied(heard.text, asked.group)
        return await self._of(role, asked, heard) if role else None

    def claims(self, heard: Heard) -> bool:
        """ "Jag är rektor" is what we asked, and else tells which announcements to send."""
        roles, group = self.library.roles, _asked(heard.values).group
        return roles.introduces(heard.text) and bool(roles.replied(heard.text, group))

    async def again(self, heard: Heard) -> Answer | None:
        """A number that was not offered; everything else is a new question."""
        if inputs.number(heard.text) is None:
            return None
        most = len(self._kinds(_asked(heard.values).group))
        reply = Reply(text("answers.role.choose_again", most=most))
        return Answer(reply, then="role", values=heard.values)

    @tapped("role", effect=Effect.NONE)
    async def tapped_role(self, heard: Heard) -> Answer | None:
        """One of the lines. An old card carries its own question along."""
        english = bool(heard.word("english"))
        asked = Asked(heard.word("id"), heard.word("group"), heard.word("said"), english)
        role = heard.word("role")
        return await self._of(role, asked, heard) if role in self.library.roles.every else None

    async def _of(self, role: str, asked: Asked, heard: Heard) -> Answer | None:
        """What answers somebody with this role, or which kind of it."""
        found = self.library.for_role(asked.id, role, asked.question)
        if found.asks:
            return self.ask(Asked(asked.id, role, asked.question, asked.english))
        if not found.matches:
            return None
        if asked.question and asked.question == heard.values.get("question"):
            await self.questions.settle(asked.question, county_of(heard), asked.id)
        return await self.shelf.show(found.matches[0].id, english=asked.english)

    def _why(self, asked: Asked, group: Role) -> str:
        title = title_of(asked.id, self.library, english=asked.english)
        why = text("answers.role.why_english" if asked.english else "answers.role.why", title=title)
        return f"{why} {group.ask_en}" if asked.english else why

    def _kinds(self, group: str) -> Sequence[Role]:
        return self.library.roles.kinds(group)


def leading(found: Found, question: str) -> Asked:
    """What is asked about a search that ended in a question back."""
    return Asked(found.led_by, found.asks, question, found.english)


def _asked(kept: Mapping[str, Any]) -> Asked:
    return Asked(
        str(kept.get("id", "")),
        str(kept.get("group", "")),
        str(kept.get("question", "")),
        bool(kept.get("english")),
    )


def _choice(kind: Role, asked: Asked) -> Choice:
    title = kind.title_en if asked.english else kind.title
    data = {"id": asked.id, "group": asked.group, "role": kind.id, "said": asked.question}
    return Choice(title, "role", {**data, "english": "yes" if asked.english else ""})
