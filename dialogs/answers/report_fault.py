""" "Stämmer inte?": records that an answer or a contact is wrong."""

from dataclasses import replace
from typing import ClassVar

from dialogs.answers import cards
from dialogs.answers.anonymous import act_of, county_of, reporter_of
from dialogs.conversation import paging, swedish
from dialogs.conversation.dialog import Answer, Dialog, Heard, hears, tapped
from dialogs.conversation.paging import Page
from dialogs.conversation.sizes import refuse_long
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.understanding.effect import Effect
from knowledge import privacy
from knowledge.answers.library import CurrentLibrary
from knowledge.directory.places import Places
from knowledge.privacy.somebody import describes_somebody
from knowledge.questions.models import Verdict
from knowledge.questions.service import QuestionService
from knowledge.reports.service import MAX_NOTE, MOST_A_DAY, ReportService, TooManyReports

MOST_LISTED = 200
"""Older reports than these are not looked through."""


class ReportFault(Dialog):
    """A report costs one tap; a comment is welcome, never demanded."""

    name: ClassVar[str] = "report_fault"

    def __init__(
        self,
        reports: ReportService,
        questions: QuestionService,
        library: CurrentLibrary,
        places: Places,
    ) -> None:
        self.reports = reports
        self.questions = questions
        self.library = library
        self.places = places

    @hears("wrong", effect=Effect.MINE)
    async def wrong(self, heard: Heard) -> Answer | None:
        """Typed: about what was last shown. "fel: telefonnumret" carries the comment along."""
        subject = str(heard.about.get("subject", ""))
        if heard.rest and (not subject or not heard.text.lower().startswith("fel:")):
            return None
        if not subject:
            return Answer(Reply(text("answers.report.nothing_before")))
        note = heard.rest
        if told := refuse_long(note, MAX_NOTE):
            return Answer(told)
        if describes_somebody(note):
            return Answer(cards.private())
        token = str(heard.about.get("report", "")) or heard.turn.activity_id
        if told := await self._report(heard, subject, token, note):
            return Answer(told)
        if heard.rest:
            return Answer(Reply(text("answers.report.noted")), about={"report": ""})
        return Answer(cards.thanks(subject, token), about={"report": token})

    @tapped("wrong", effect=Effect.MINE, personal=True)
    async def tapped_wrong(self, heard: Heard) -> Answer | None:
        subject = heard.word("subject")
        if not self._name_of(subject):
            return None
        token = heard.turn.activity_id
        if told := await self._report(heard, subject, token, ""):
            return Answer(told)
        about = {"report": token, "subject": subject}
        return Answer(cards.thanks(subject, token), about=about)

    @tapped("fault_note", effect=Effect.MINE, personal=True)
    async def note(self, heard: Heard) -> Answer | None:
        """The comment from the card."""
        subject, token = heard.word("subject"), heard.word("token")
        if not self._name_of(subject) or not token:
            return None
        note = heard.word("note").strip()
        if told := refuse_long(note, MAX_NOTE):
            return Answer(told)
        if describes_somebody(note):
            return Answer(cards.private())
        if told := await self._report(heard, subject, token, note):
            return Answer(told)
        return Answer(Reply(text("answers.report.noted")))

    @hears(
        "reports", effect=Effect.NONE, personal=True, others_hear="answers.report.only_coordinators"
    )
    async def latest(self, heard: Heard) -> Answer:
        """For coordinators: what readers say is wrong."""
        return await self._list(heard, Page(self.name, 0))

    async def page(self, heard: Heard, page: Page) -> Answer | None:
        heard.must_be_private()
        return await self._list(heard, page) if heard.is_coordinator else None

    async def _list(self, heard: Heard, page: Page) -> Answer:
        found = await self.reports.list_latest(heard.person, limit=MOST_LISTED)
        if not found:
            return Answer(Reply(text("answers.report.none")))
        rows = [
            (swedish.day(report.created_at), self._name_of(report.subject), report.note)
            for report in found
        ]
        page = replace(page, total=len(rows))
        page, reply = paging.fitted(
            page if page.first < page.total else page.turned(0),
            lambda some: cards.reports(some, rows[some.first : some.last]),
        )
        return paging.answer(page, reply)

    async def _report(self, heard: Heard, subject: str, token: str, note: str) -> Reply | None:
        """Keep the report, and count it as a verdict on this version of the article.

        Returns what to say when it is not taken.
        """
        try:
            is_new = await self.reports.report(
                subject=subject,
                county=county_of(heard),
                note=privacy.mask_personal_numbers(note),
                act=act_of(heard, subject, token),
                reporter=reporter_of(heard),
            )
        except TooManyReports:
            return Reply(text("answers.report.too_many", most=MOST_A_DAY))
        article = self.library.article(subject.removeprefix("article:"))
        if article and is_new:
            await self.questions.give_verdict(article.id, article.checked, Verdict.WRONG)
        return None

    def _name_of(self, subject: str) -> str:
        """The subject in words; empty when there is no such thing."""
        kind, _, id_ = subject.partition(":")
        if kind == "county" and id_ in self.places.counties:
            return text("answers.report.county", county=self.places.counties[id_].name)
        article = self.library.article(id_) if kind == "article" else None
        term = self.library.term(subject) if kind == "term" else None
        return article.title if article else term.name if term else ""
