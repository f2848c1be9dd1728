""" "Hjälpte det?": what the reader thought of the answer, counted and nobody's.

"Det var inte det jag frågade" and "jag fattar inte" are heard too: what was offered for the
question is then not offered again.
"""

from typing import ClassVar

from dialogs.answers import cards
from dialogs.answers.offered import turned_down
from dialogs.conversation.dialog import Answer, Dialog, Heard, hears, tapped
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text, texts
from dialogs.understanding.effect import Effect
from knowledge.answers.library import CurrentLibrary
from knowledge.answers.models import Article
from knowledge.directory.places import fold
from knowledge.questions.models import Verdict
from knowledge.questions.service import QuestionService


class RateAnswer(Dialog):
    """One tap or three words, about one version of one article."""

    name: ClassVar[str] = "rate_answer"

    def __init__(self, questions: QuestionService, library: CurrentLibrary) -> None:
        self.questions = questions
        self.library = library

    @tapped("helped", effect=Effect.MINE)
    async def tapped_helped(self, heard: Heard) -> Answer | None:
        article = self.library.article(heard.word("id"))
        return await self._helped(heard, article) if article else None

    async def typed(self, heard: Heard) -> Answer | None:
        """ "Det hjälpte" and "det hjälpte inte", about the answer last shown."""
        said = fold(heard.text, strip=False)
        article = self.library.article(str(heard.about.get("article", "")))
        if article and said in texts("answers.rate.says_helped"):
            return await self._helped(heard, article)
        if article and said in texts("answers.rate.says_not_helped"):
            await self._judge(heard, article, Verdict.NOT_HELPED)
            about = {**_rated(article), **turned_down(heard.about)}
            return Answer(cards.unknown(text("answers.rate.not_helped")), about=about)
        return None

    @hears("complain", effect=Effect.NONE)
    async def complain(self, heard: Heard) -> Answer:
        """The answer missed, or the person has had enough."""
        subject = str(heard.about.get("subject", ""))
        asked = subject or heard.about.get("offered") or heard.about.get("missed")
        said = text("answers.rate.complain_asked" if asked else "answers.rate.complain_new")
        return Answer(cards.sorry(said, subject), about=turned_down(heard.about))

    @hears("puzzled", effect=Effect.NONE)
    async def puzzled(self, heard: Heard) -> Answer:
        """What was said was not understood."""
        subject = str(heard.about.get("subject", ""))
        said = text("answers.rate.puzzled_asked" if subject else "answers.rate.puzzled_new")
        return Answer(cards.sorry(said, subject))

    async def _helped(self, heard: Heard, article: Article) -> Answer:
        await self._judge(heard, article, Verdict.HELPED)
        return Answer(Reply(text("answers.rate.helped")), about=_rated(article))

    async def _judge(self, heard: Heard, article: Article, verdict: Verdict) -> None:
        """Once, however many times the button under the same answer is tapped."""
        if heard.about.get("rated") != article.id:
            await self.questions.give_verdict(article.id, article.checked, verdict)


def _rated(article: Article) -> dict[str, object]:
    return {"rated": article.id}
