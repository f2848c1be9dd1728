"""What keeps the answers true: edited articles, the law they rest on, and who hears of it."""

from collections.abc import Callable, Iterator
from datetime import datetime

from bot.background import Chore
from bot.settings import Settings
from bot.web.law_texts import reader_of
from dialogs.answers.wording import AnswerWording
from knowledge.answers import live
from knowledge.answers.library import CurrentLibrary
from knowledge.laws import service as laws
from knowledge.questions.review_note import ReviewNote
from knowledge.storage.database import Database


class AnswerParts:
    """The law watch, the weekly note about what is to be reviewed, and what goes on by itself."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        library: CurrentLibrary,
        now: Callable[[], datetime],
    ) -> None:
        self.settings = settings
        self.library = library
        self.laws = laws.LawWatch(database, lambda: library.base, now, reader_of(settings))
        self.review_note = ReviewNote(database, library, AnswerWording(), now)

    def chores(self) -> Iterator[Chore]:
        """What goes on for as long as the process runs. No act is asked for unless it is set."""
        if isinstance(self.library, live.LiveLibrary):
            yield Chore("articles", live.EVERY, self.library.look)
        if self.settings.laws_url:
            yield Chore("laws", laws.EVERY, self.laws.look)
