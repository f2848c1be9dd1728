"""Ask: a question in, the right curated answer out; choices when unsure; never a guess."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import ClassVar

from dialogs.answers import cards
from dialogs.answers.anonymous import county_of
from dialogs.answers.ask_role import Asked, AskRole, leading
from dialogs.answers.offered import choice_of, handed_on, title_of, together, turned_down
from dialogs.answers.rate_answer import RateAnswer
from dialogs.answers.show import AnswerShow
from dialogs.conversation import inputs
from dialogs.conversation.card_parts import with_first_line
from dialogs.conversation.dialog import (
    DANGER,
    QUESTION,
    SURE_ANSWER,
    WHICH_FIRST,
    Answer,
    Dialog,
    Heard,
    Instead,
    hears,
    tapped,
)
from dialogs.conversation.sizes import refuse_long_question
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.understanding.effect import Effect
from knowledge import privacy
from knowledge.answers.models import Found, Outcome
from knowledge.privacy.somebody import describes_somebody
from knowledge.questions.models import WhyOpen
from knowledge.questions.service import QuestionService


class AskQuestion(Dialog):
    """The answer engine in conversation."""

    name: ClassVar[str] = "ask_question"
    minds_numbers: ClassVar[bool] = True

    def __init__(
        self, shelf: AnswerShow, questions: QuestionService, rating: RateAnswer, roles: AskRole
    ) -> None:
        self.library = shelf.library
        self.questions = questions
        self.rating = rating
        self.shelf = shelf
        self.roles = roles

    @hears(QUESTION, effect=Effect.NONE)
    async def question(self, heard: Heard) -> Answer | Instead | None:
        """Whatever was said that is no command."""
        if inputs.is_reply(heard.text) or inputs.number(heard.text) is not None:
            key = "no_answer" if heard.awaited else "not_waiting"
            return Answer(Reply(text(f"answers.ask.{key}")), aside=True)
        return await self.rating.typed(heard) or await self._ask(heard, heard.text)

    @hears(SURE_ANSWER, effect=Effect.NONE)
    async def sure_answer(self, heard: Heard) -> Answer | Instead | None:
        """A question that we are sure to answer, or to turn down: it may interrupt a dialog, and
        comes before a wish that is only nearly one."""
        rated = None if heard.awaited else await self.rating.typed(heard)
        return rated or await self._ask(heard, heard.text, only_sure=True)

    @hears(DANGER, effect=Effect.NONE)
    async def danger(self, heard: Heard) -> Answer:
        """Somebody is in danger: not searched for, not kept, and where to call."""
        return Answer(cards.danger())

    @hears(WHICH_FIRST, effect=Effect.NONE)
    async def which_first(self, heard: Heard) -> Answer:
        """More questions than are answered at once."""
        return self._offer(heard.offers, "", text("answers.ask.which_first"))

    @tapped("ask", effect=Effect.NONE)
    async def example(self, heard: Heard) -> Instead | None:
        """A question that came with a button."""
        question = heard.word("question")
        return Instead(question) if question else None

    @tapped("article", effect=Effect.NONE)
    async def article(self, heard: Heard) -> Answer | Instead | None:
        """A chosen or related question."""
        return await self._chosen(heard, heard.word("id"), english=bool(heard.word("english")))

    @tapped("none_of_these", effect=Effect.NONE)
    async def none_of_these(self, heard: Heard) -> Answer:
        reply = cards.unknown(text("answers.ask.unknown_none"))
        return Answer(reply, about=turned_down(heard.about))

    async def choose(self, heard: Heard) -> Answer | Instead | None:
        """The reaction to "Menade du …?": a number, a title, or none of them."""
        ids = [str(id_) for id_ in heard.values.get("ids", [])]
        english = bool(heard.values.get("english"))
        if inputs.is_none_of_these(heard.text):
            return await self.none_of_these(heard)
        number = inputs.number(heard.text)
        if number is not None and -1 <= number <= len(ids) and number != 0:
            chosen = ids[number - 1 if number > 0 else -1]
            return await self._chosen(heard, chosen, english=english)
        titles = [title_of(id_, self.library, english=english) for id_ in ids]
        place = inputs.title_in(heard.text, titles)
        return None if place is None else await self._chosen(heard, ids[place], english=english)

    async def again(self, heard: Heard) -> Answer | None:
        """A number that was not offered; everything else is a new question."""
        if inputs.number(heard.text) is None:
            return None
        reply = Reply(text("answers.ask.choose_again"))
        return Answer(reply, then="choose", values=heard.values)

    @hears("more", effect=Effect.NONE)
    async def more(self, heard: Heard) -> Answer | None:
        """ "Läs mer" in words."""
        article = self.library.article(str(heard.about.get("article", "")))
        if article is None:
            return Answer(Reply(text("answers.ask.nothing_before")))
        if not article.more:
            return Answer(Reply(text("answers.ask.no_more")))
        return Answer(
            cards.more(article), about={"subject": f"article:{article.id}", "article": article.id}
        )

    async def _ask(
        self, heard: Heard, typed: str, only_sure: bool = False
    ) -> Answer | Instead | None:
        """Search, for what is left when personal things are taken out of it."""
        if told := refuse_long_question(typed):
            return None if only_sure else Answer(told)
        if describes_somebody(typed):
            await self.questions.leave_open("", WhyOpen.PRIVATE, county_of(heard))
            return Answer(cards.private())
        bare = privacy.bare(typed)
        found = await self.library.find(
            bare, "" if heard.awaited and only_sure else _last_answer(heard)
        )
        if only_sure and not found.is_sure:
            return None
        answer = await self._tell(heard, typed, found)
        notes = [text("answers.ask.masked")] if bare != typed else []
        notes += [text("answers.ask.in_swedish")] if found.english and not found.is_sure else []
        if not isinstance(answer, Answer) or not notes:
            return answer
        return replace(answer, reply=with_first_line(answer.reply, " ".join(notes)))

    async def _tell(self, heard: Heard, typed: str, found: Found) -> Answer | Instead | None:
        if found.asks:
            asked = leading(found, self.questions.keepable(typed))
            await self._leave_open(heard, typed, WhyOpen.UNCHOSEN, [asked.id])
            return self.roles.ask(asked)
        if found.outcome is Outcome.ANSWER:
            self.questions.answered()
            first = found.matches[0].id
            if not heard.brief and (instead := handed_on(first, typed)):
                return instead
            read_as = found.read_as if found.may_differ else ""
            shown = await self.shelf.show(first, read_as, brief=heard.brief, english=found.english)
            if shown is None or first not in heard.about.get("rejected", ()):
                return shown
            note = text("answers.ask.same_again")
            return replace(shown, reply=with_first_line(shown.reply, note))
        articles = [one.id for one in found.matches if found.outcome is Outcome.CHOICES]
        ids = together(heard.offers, articles, heard.about.get("rejected", ()))
        if not ids:
            return await self._admit(heard, typed, [one.id for one in found.matches])
        # Open until one of them is chosen, so that whoever just leaves is counted as well.
        await self._leave_open(heard, typed, WhyOpen.UNCHOSEN, articles)
        question = text("answers.ask.did_you_mean")
        kept = self.questions.keepable(typed)
        return self._offer(ids, kept, question, english=found.english, nearest=articles[:1])

    def _offer(
        self,
        ids: Sequence[str],
        typed: str,
        question: str,
        *,
        english: bool = False,
        nearest: Sequence[str] = (),
    ) -> Answer:
        """Lines to choose from. `typed` is the message that they are offered for, "" when it may
        not be kept: then the `nearest` article stands for it."""
        choices = [choice_of(one, typed, self.library, english=english) for one in ids]
        values = {"ids": [*ids], "question": typed, "english": english, "nearest": [*nearest]}
        about = {"offered": [*ids]}
        reply = cards.choices(choices, question)
        return Answer(reply, then="choose", values=values, about=about, unsure=True)

    async def _chosen(
        self, heard: Heard, id_: str, *, english: bool = False
    ) -> Answer | Instead | None:
        question = str(heard.values.get("question", ""))
        offered = question and id_ in heard.values.get("ids", [])
        found = self.library.chosen(id_, question if offered else "")
        if found.asks:
            return self.roles.ask(
                Asked(found.led_by, found.asks, question if offered else "", english)
            )
        nearest = heard.values.get("nearest", [])
        if offered or (nearest and id_ in heard.values.get("ids", [])):
            await self.questions.settle(question, county_of(heard), "".join(nearest))
        shown = found.matches[0].id if found.matches else id_
        return handed_on(id_, question) or await self.shelf.show(shown, english=english)

    async def _leave_open(
        self, heard: Heard, typed: str, why: WhyOpen, nearest: Sequence[str]
    ) -> None:
        await self.questions.leave_open(typed, why, county_of(heard), "".join(nearest[:1]))

    async def _admit(self, heard: Heard, typed: str, nearest: Sequence[str]) -> Answer:
        """The second miss in a row goes straight to the coordinator: more tries only annoy."""
        await self._leave_open(heard, typed, WhyOpen.UNANSWERED, nearest)
        is_kept = heard.is_coordinator and self.questions.keepable(typed)
        kept = [text("answers.ask.unknown_kept")] if is_kept else []
        if heard.about.get("missed"):
            said = " ".join([text("answers.ask.unknown_again"), *kept])
            return Answer(cards.unknown(said), unsure=True)
        tip = " ".join([text("answers.ask.unknown_tip"), *kept])
        said = f"{text('answers.ask.unknown')}\n\n{tip}"
        return Answer(cards.unknown(said), about={"missed": True}, unsure=True)


def answering(shelf: AnswerShow, questions: QuestionService) -> Iterator[Dialog]:
    """The dialogs that find answers, and hear what was thought of them."""
    rating, roles = RateAnswer(questions, shelf.library), AskRole(shelf, questions)
    yield AskQuestion(shelf, questions, rating, roles)
    yield from (rating, roles)


def _last_answer(heard: Heard) -> str:
    """The article or term last shown, in whose light "och hur ofta?" is read."""
    subject = str(heard.about.get("subject", ""))
    return subject.removeprefix("article:") if subject.startswith(("article:", "term:")) else ""
