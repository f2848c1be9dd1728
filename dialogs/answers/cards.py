"""Cards that answer questions."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from dialogs.conversation import swedish
from dialogs.conversation.card_parts import (
    Element,
    act,
    bold,
    card,
    heading,
    navigate,
    notice,
    option,
    paragraph,
    paragraphs,
    small,
    summary,
)
from dialogs.conversation.paging import Page, place_in_list
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from knowledge.answers.models import Article, Source, Term

MAX_SOURCES = 3
MOST_LATE = 5


def answer(
    article: Article,
    *,
    related: Sequence[Article] = (),
    has_training: bool = False,
    read_as: str = "",
    law_changed: bool = False,
    today: date,
) -> Reply:
    """An article as one card: answer, source, date, owner, and ways on."""
    body = [heading(article.title), *paragraphs(_to_reader(article.answer))]
    if read_as:
        body.insert(0, small(text("answers.ask.read_as", question=swedish.plain(read_as))))
    body += _to_coordinators(article)
    body += _provenance(article, today, law_changed)
    if article.more:
        more = {"type": "Container", "id": "more", "isVisible": False}
        body.append({**more, "items": paragraphs(_to_reader(article.more))})
    if related:
        body.append(bold(text("answers.ask.related")))
        body += [option(other.title, "article", id=other.id) for other in related[:2]]
    said = text("answers.ask.summary", title=article.title, answer=article.answer)
    return Reply(card=card(body, _ways_on(article, has_training)), summary=summary(said))


def brief_answer(article: Article, *, law_changed: bool = False) -> Reply:
    """An article that shares its card with another answer: the whole of it is a tap away."""
    body = [heading(article.title), *paragraphs(article.answer)]
    if article.sources:
        body.append(small(_sources(article.sources)))
    body += _law(law_changed)
    body.append(option(text("answers.ask.whole", title=article.title), "article", id=article.id))
    said = text("answers.ask.summary", title=article.title, answer=article.answer)
    return Reply(card=card(body), summary=summary(said))


def term(found: Term, subject: str, *, law_changed: bool = False) -> Reply:
    """A word of the glossary, explained."""
    meaning = found.meaning
    if found.ask:
        meaning = text("answers.ask.term_ask", meaning=meaning, ask=found.ask)
    body = [heading(found.name[:1].upper() + found.name[1:]), *paragraphs(meaning)]
    if found.sources:
        body.append(small(_sources(found.sources)))
    body += _law(law_changed)
    actions = [
        navigate(text("answers.ask.my_coordinator"), "coordinator"),
        navigate(text("answers.ask.not_right"), "wrong", subject=subject),
    ]
    said = text("answers.ask.summary", title=found.name, answer=found.meaning)
    return Reply(card=card(body, actions), summary=summary(said))


@dataclass(frozen=True)
class Choice:
    """A line to tap: an answer, something that we can do, or one of several questions."""

    title: str
    verb: str
    data: Mapping[str, str]


def choices(offered: Sequence[Choice], question: str) -> Reply:
    """ "Menade du …?" with at most three lines and a way to say none of them."""
    body = [heading(question), small(text("answers.ask.did_you_mean_typed"))]
    for number, one in enumerate(offered, start=1):
        words = text("answers.ask.choice", number=number, title=one.title)
        body.append(option(words, one.verb, **one.data))
    none = navigate(text("answers.ask.none_of_these"), "none_of_these")
    return Reply(card=card(body, [none]), summary=summary(question))


def which_role(question: str, offered: Sequence[Choice], why: str) -> Reply:
    """A question back, because the answer differs by who asks."""
    body = [heading(question), small(why)]
    for number, one in enumerate(offered, start=1):
        words = text("answers.ask.choice", number=number, title=one.title)
        body.append(option(words, one.verb, **one.data))
    return Reply(card=card(body, []), summary=summary(question))


def unknown(said: str) -> Reply:
    """We do not know, and here is who may."""
    actions = [
        navigate(text("answers.ask.my_coordinator"), "coordinator"),
        navigate(text("answers.ask.what_can_you"), "help"),
    ]
    body = paragraphs(said)
    return Reply(card=card(body, actions), summary=text("answers.ask.unknown_summary"))


def sorry(said: str, subject: str) -> Reply:
    """It was not the right answer: other words, a person, or a word about what is wrong."""
    actions = [
        navigate(text("answers.ask.my_coordinator"), "coordinator"),
        navigate(text("answers.ask.what_can_you"), "help"),
    ]
    if subject:
        actions.insert(1, navigate(text("answers.ask.not_right"), "wrong", subject=subject))
    return Reply(card=card(paragraphs(said), actions), summary=summary(said))


def danger() -> Reply:
    """Where to call, before anything else."""
    body = [notice(text("answers.ask.danger"), "attention")]
    body += paragraphs(text("answers.ask.danger_else"))
    actions = [
        navigate(text("answers.ask.my_coordinator"), "coordinator"),
        navigate(text("answers.ask.what_can_you"), "help"),
    ]
    return Reply(card=card(body, actions), summary=text("answers.ask.danger"))


def private() -> Reply:
    """A question about somebody: not searched for, not kept, and where to turn instead."""
    body = [notice(text("answers.ask.private"), "warning")]
    body += paragraphs(text("answers.ask.private_where"))
    body += paragraphs(text("answers.ask.private_again"))
    actions = [
        navigate(text("answers.ask.my_coordinator"), "coordinator"),
        navigate(text("answers.ask.what_can_you"), "help"),
    ]
    return Reply(card=card(body, actions), summary=text("answers.ask.private_summary"))


def to_review(late: Sequence[Article], changed: Sequence[Article]) -> Reply:
    """For coordinators: answers under which the law has changed, and answers that should have been
    reviewed, those that waited longest first."""
    told = [text("answers.ask.law_changed_under", count=len(changed))] if changed else []
    told += [text("answers.ask.late", count=len(late))] if late else []
    body = [heading(text("answers.ask.late_heading")), *paragraphs(" ".join(told))]
    shown = dict.fromkeys((*changed[:MOST_LATE], *late[:MOST_LATE]))
    body += [option(one.title, "article", id=one.id) for one in shown]
    actions = [navigate(text("answers.ask.what_can_you"), "help")]
    return Reply(card=card(body, actions), summary=summary(" ".join(told)))


def more(article: Article) -> Reply:
    """The longer part of an article, for those who ask for it in words."""
    body = [heading(article.title), *paragraphs(_to_reader(article.more))]
    body += _to_coordinators(article)
    actions = [navigate(text("answers.ask.my_coordinator"), "coordinator")]
    return Reply(card=card(body, actions), summary=summary(article.more))


def thanks(subject: str, token: str) -> Reply:
    """The report is in; room for saying what is wrong."""
    field = {
        "type": "Input.Text",
        "id": "note",
        "label": text("answers.report.what_is_wrong"),
        "placeholder": text("answers.report.placeholder"),
        "isMultiline": True,
        "maxLength": 1000,
    }
    body = [
        heading(text("answers.report.thanks")),
        field,
        small(text("answers.report.typed")),
    ]
    send = act(text("answers.report.send"), "fault_note", subject=subject, token=token)
    return Reply(card=card(body, [send]), summary=summary(text("answers.report.summary")))


def reports(page: Page, rows: Sequence[tuple[str, str, str]]) -> Reply:
    """A page of what readers reported: day, subject in words, note."""
    body = [heading(text("answers.report.heading"))]
    for day, subject, note in rows:
        if note:
            line = text(
                "answers.report.row_note", day=day, subject=subject, note=swedish.plain(note)
            )
        else:
            line = text("answers.report.row", day=day, subject=subject)
        body.append(paragraph(line))
    body += place_in_list(page)
    actions = [navigate(text("answers.ask.what_can_you"), "help")]
    return Reply(card=card(body, actions), summary=summary(text("answers.report.heading")))


def _to_reader(said: str) -> str:
    """An article's words, where "din samordnare" is another's for a coordinator."""
    written, own = text("answers.ask.names_coordinator"), text("answers.ask.coordinator_is")
    return said.replace(written, own).replace(written.capitalize(), own.capitalize())


def _to_coordinators(article: Article) -> list[Element]:
    """A coordinator is told that the coordinator whom the answer sends to is the reader."""
    told = text("answers.ask.your_coordinator")
    named = text("answers.ask.names_coordinator") in f"{article.answer} {article.more}".lower()
    return [small(told)] if told and named else []


def _law(changed: bool) -> list[Element]:
    """That the answer may no longer hold, while an editor has yet to see to it."""
    return [notice(text("answers.ask.law_changed"), "warning")] if changed else []


def _provenance(article: Article, today: date, law_changed: bool) -> list[Element]:
    """Where the answer comes from, and how fresh it is."""
    lines = []
    if article.sources:
        lines.append(small(_sources(article.sources)))
    checked = text("answers.ask.checked", day=swedish.day(article.checked), owner=article.owner)
    lines.append(small(checked))
    lines += _law(law_changed)
    if old := article.outlived(today):
        lines.append(notice(text("answers.ask.old", dated=swedish.partial_day(old)), "emphasis"))
    if article.is_overdue(today):
        late = text("answers.ask.overdue", day=swedish.day(article.review_by))
        lines.append(notice(late, "warning"))
    return lines


def _ways_on(article: Article, has_training: bool) -> list[Element]:
    actions: list[Element] = []
    if article.more:
        toggle = {"type": "Action.ToggleVisibility", "title": text("answers.ask.more")}
        actions.append({**toggle, "targetElements": ["more"]})
    if has_training:
        actions.append(navigate(text("answers.ask.training"), "trainings", theme=article.topic))
    actions.append(navigate(text("answers.ask.my_coordinator"), "coordinator"))
    # A new message and no Action.Execute: its result would take the place of the answer.
    actions.append(navigate(text("answers.rate.button"), "helped", id=article.id))
    subject = f"article:{article.id}"
    actions.append(navigate(text("answers.ask.not_right"), "wrong", subject=subject))
    return actions


def _sources(sources: Sequence[Source]) -> str:
    """The sources, each named once however many of its sections the answer builds on."""
    by_code: dict[str, list[Source]] = {}
    for source in sources:
        by_code.setdefault(source.code, []).append(source)
    named = [_source_line(same) for same in list(by_code.values())[:MAX_SOURCES]]
    return text("answers.ask.source", sources="; ".join(named))


def _source_line(same: Sequence[Source]) -> str:
    """One source by its title, sections and host, with its own date when it has one."""
    first = same[0]
    sections = swedish.joined([source.section for source in same if source.section])
    line = f"{first.title} {sections}".strip()
    if first.url:
        host = (urlsplit(first.url).hostname or "").removeprefix("www.")
        url = first.url + _anchor(first)
        line = text("answers.ask.source_link", title=line, url=url, host=host)
    if first.dated:
        dated = swedish.partial_day(first.dated)
        line = text("answers.ask.source_dated", source=line, dated=dated)
    if first.read:
        read = swedish.partial_day(first.read)
        line = text("answers.ask.source_read", source=line, read=read)
    return line


def _anchor(source: Source) -> str:
    """lagen.nu can open a statute without chapters at its paragraph."""
    paragraph_sign = re.fullmatch(r"(\d+)(?: ([a-z]))? §", source.section)
    if "lagen.nu" not in source.url or paragraph_sign is None:
        return ""
    return f"#P{paragraph_sign[1]}{paragraph_sign[2] or ''}"
