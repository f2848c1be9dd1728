"""Shows an answer: an article or a term of the glossary, as a card."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from dialogs.answers import cards
from dialogs.answers.offered import title_of
from dialogs.conversation.card_parts import with_first_line
from dialogs.conversation.dialog import Answer
from dialogs.conversation.texts import text
from knowledge.answers.library import CurrentLibrary
from knowledge.answers.models import Article, Term
from knowledge.laws.service import LawWatch
from knowledge.trainings.service import TrainingService


class AnswerShow:
    """Makes the cards of answers, with what is known around them."""

    def __init__(
        self,
        library: CurrentLibrary,
        trainings: TrainingService,
        laws: LawWatch,
        today: Callable[[], date],
    ) -> None:
        self.library = library
        self.trainings = trainings
        self.laws = laws
        self.today = today

    async def show(
        self, id_: str, read_as: str = "", *, brief: bool = False, english: bool = False
    ) -> Answer | None:
        """The answer with this id. Who asked in English is told in English what it is about."""
        answer = await self._card(id_, read_as, brief=brief)
        if answer is None or not english:
            return answer
        title = title_of(id_, self.library, english=True)
        about = text("answers.ask.in_swedish_about", title=title)
        return replace(answer, reply=with_first_line(answer.reply, about))

    async def _card(self, id_: str, read_as: str, *, brief: bool) -> Answer | None:
        about = {"missed": False, "rated": "", "offered": [id_], "rejected": []}
        term = self.library.term(id_)
        if term is not None:
            reply = cards.term(term, id_, law_changed=await self._law_changed(term))
            return Answer(reply, about={**about, "subject": id_, "article": ""})
        article = self.library.article(id_)
        if article is None:
            return None
        whole = {"subject": f"article:{id_}", "article": id_}
        law_changed = await self._law_changed(article)
        if brief:
            reply = cards.brief_answer(article, law_changed=law_changed)
            return Answer(reply, about={**about, **whole})
        reply = cards.answer(
            article,
            related=self.library.related(id_),
            has_training=article.topic in await self.trainings.open_themes(),
            read_as=read_as,
            law_changed=law_changed,
            today=self.today(),
        )
        return Answer(reply, about={**about, **whole})

    async def _law_changed(self, resting: Article | Term) -> bool:
        return bool(await self.laws.changed(resting))
