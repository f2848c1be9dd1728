"""`tryggve knowledge laws`: which sections have changed since the answers were reviewed."""

import argparse
import asyncio
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from textwrap import wrap

from bot.commands.database import demand_current_schema, with_database
from bot.commands.side_by_side import WIDTH, beside, in_columns, side_by_side
from bot.settings import read_storage_settings
from bot.terminal import Refusal, say
from bot.web.law_texts import reader_of
from dialogs.conversation import swedish
from dialogs.conversation.texts import text
from knowledge.answers.articles.loader import ContentError, load, shipped_content
from knowledge.answers.articles.plain import count_points
from knowledge.answers.articles.reviews import STEM, save_reviews, with_reviewed
from knowledge.answers.models import Article
from knowledge.answers.sections import Section, spoken
from knowledge.laws.fingerprint import REPEALED
from knowledge.laws.folder import read_folder
from knowledge.laws.models import ActState, Change, LawUnread
from knowledge.laws.service import PAUSE, LawWatch, Standing
from knowledge.storage.database import Database


def laws(chosen: argparse.Namespace) -> int:
    """Read what is asked for, then tell. Exit code 1 when the law has changed or was not read."""
    if chosen.fetch and not read_storage_settings().laws_url:
        raise Refusal("laws.no_address")
    demand_current_schema()
    return with_database(partial(_work, chosen))


async def _work(chosen: argparse.Namespace, database: Database) -> int:
    content = chosen.content or shipped_content()
    watch = _watch(database, content)
    failed = await _take_up(watch, chosen.folder) if chosen.folder else False
    failed |= await _fetch(watch) if chosen.fetch else False
    if chosen.reviewed is not None:
        await _record(watch, chosen.reviewed, content)
        watch = _watch(database, content)
    standing = await watch.standing()
    words = await watch.words(standing.changes)
    for line in _told(standing, words):
        say(line)
    return 1 if standing.changes or failed else 0


def _watch(database: Database, content: Path) -> LawWatch:
    """The watch over these articles as they stand now."""
    try:
        base = load(content)
    except ContentError:
        raise Refusal("curation.no_content") from None
    return LawWatch(database, lambda: base, reader=reader_of(read_storage_settings()))


async def _take_up(watch: LawWatch, folder: Path) -> bool:
    """Read every act that the folder has. Returns whether one failed."""
    today, acts = _today(), watch.acts
    try:
        found = [one for one in read_folder(folder, today) if one.act in acts]
    except OSError:
        raise Refusal("laws.no_folder", folder=folder) from None
    if not found:
        raise Refusal("laws.no_acts", folder=folder)
    failed = False
    for statute in found:
        try:
            say(_read(statute.act, await watch.take_up(statute)))
        except LawUnread as error:
            say(text(f"laws.{error.fault.value}", act=statute.act, status=error.status))
            failed = True
    return failed


async def _fetch(watch: LawWatch) -> bool:
    """Ask for each act, with a pause between. Returns whether one failed."""
    failed = False
    for place, act in enumerate(watch.acts):
        if place:
            await asyncio.sleep(PAUSE)
        try:
            say(_read(act, await watch.fetch(act)))
        except LawUnread:  # said below, with what is known of the act
            failed = True
    return failed


def _read(act: str, changed: int) -> str:
    return text("laws.read", act=act, count=changed) if changed else text("laws.same", act=act)


async def _record(watch: LawWatch, acts: Sequence[str], content: Path) -> None:
    """Record what was last read as reviewed."""
    for act in acts:
        if act not in watch.acts:
            raise Refusal("laws.no_such_act", act=act)
    seen = (await watch.standing()).seen
    if not seen:
        raise Refusal("laws.nothing_read")
    known = watch.base().reviews
    now = {one: seen[one].fingerprint for one in seen if not acts or one.act in acts}
    reviews = with_reviewed(known, now, _today())
    save_reviews(content, reviews)
    new = sum(reviews[one] != known.get(one) for one in reviews)
    say(text("laws.recorded", count=new, path=content / f"{STEM}.toml"))


def _told(standing: Standing, words: dict[str, str]) -> Iterator[str]:
    for change in standing.changes:
        yield from _change(change, words)
    yield from _by_act("laws.unread", standing.unread)
    yield from _by_act("laws.unreviewed", standing.unreviewed)
    yield from (_fault(act) for act in standing.acts if act.fault)
    if not standing.changes:
        yield text("laws.fine")
        return
    articles = {one.id for change in standing.changes for one in change.articles}
    terms = {one.name for change in standing.changes for one in change.terms}
    sections = {change.section for change in standing.changes}
    counts = {"sections": len(sections), "articles": len(articles), "terms": len(terms)}
    yield text("laws.summary", **counts)


def _change(change: Change, words: dict[str, str]) -> Iterator[str]:
    """One section, its two wordings, and what stands on it."""
    key = "laws.repealed" if change.after == REPEALED else "laws.changed"
    yield text(key, section=_section(change.section), act=change.section.act)
    yield in_columns(text("laws.before"), text("laws.after"))
    known = words | {REPEALED: text("laws.no_words")}
    after = known.get(change.after, "")
    if change.before in known:
        yield from side_by_side(known[change.before], after)
    else:
        yield from beside([text("laws.words_unknown")], after.splitlines())
    stands = [*map(_article, change.articles)]
    stands += [text("laws.term", name=one.name) for one in change.terms]
    yield from (line for one in stands for line in _lines(one))
    yield ""


def _article(article: Article) -> str:
    key = "laws.checklist" if count_points(article.answer) else "laws.article"
    return text(key, title=article.title, id=article.id, day=swedish.day(article.checked))


def _fault(act: ActState) -> str:
    fault = text(f"laws.{act.fault}", act=act.act, status=act.status)
    if act.read_at is None:
        return text("laws.never", fault=fault)
    day = swedish.day(act.read_at.astimezone(swedish.SWEDEN).date())
    return text("laws.kept", fault=fault, day=day)


def _by_act(key: str, sections: Iterable[Section]) -> Iterator[str]:
    acts: dict[str, list[str]] = {}
    for one in sections:
        acts.setdefault(one.act, []).append(_section(one))
    for act, named in acts.items():
        yield from _lines(text(key, sections=", ".join(named), act=act))


def _lines(said: str) -> list[str]:
    """As many lines as fit the two columns above."""
    width = len(in_columns("", "")) + WIDTH
    return wrap(said, width, subsequent_indent="    ", break_on_hyphens=False)


def _section(section: Section) -> str:
    number = spoken(section.number)
    if not section.chapter:
        return text("laws.section", number=number)
    return text("laws.section_in_chapter", chapter=spoken(section.chapter), number=number)


def _today() -> date:
    return datetime.now(swedish.SWEDEN).date()
