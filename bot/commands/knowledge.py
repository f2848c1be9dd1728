"""`tryggve ask` and `tryggve knowledge …`: for editors and for those who measure."""

import argparse
import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.terminal import Refusal, lines, say
from dialogs.conversation.swedish import SWEDEN
from dialogs.conversation.texts import text
from knowledge.answers.articles.check import problems
from knowledge.answers.articles.loader import load, shipped_content
from knowledge.answers.library import Library
from knowledge.answers.models import Base, Found, Match, Outcome, Source
from knowledge.laws.folder import read_folder
from knowledge.laws.modality import compare, read_reviewed


def ask(chosen: argparse.Namespace) -> int:
    """Answer one question, or with "-" one for each line of standard input, in order."""
    library = Library(load(shipped_content()))
    if chosen.question != "-":
        _tell(library, chosen.question, chosen.json)
        return 0
    for line in lines():
        _tell(library, line.rstrip("\r\n"), chosen.json)
    return 0


def check(chosen: argparse.Namespace) -> int:
    """Check the content that is shipped. Exit code 1 when something is wrong.

    With a folder of acts, the verbs of the answers are held against those of the law.
    """
    folder = chosen.content or shipped_content()
    found = problems(folder)
    for problem in found:
        say(str(problem))
    if found:
        raise Refusal("commands.check_problems", count=len(found))
    base = load(folder)
    if chosen.laws:
        _check_verbs(base, folder, chosen.laws)
    say(text("commands.check_fine", articles=len(base.articles), terms=len(base.terms)))
    return 0


def _check_verbs(base: Base, content: Path, laws: Path) -> None:
    """Raises Refusal when a sentence says "bör" where its section says "ska", or the like."""
    try:
        acts = list(read_folder(laws, datetime.now(SWEDEN).date()))
    except OSError:
        raise Refusal("laws.no_folder", folder=laws) from None
    told = compare(base.articles, acts, read_reviewed(content))
    if not told.sentences:
        raise Refusal("laws.no_acts", folder=laws)
    for one in told.wrong:
        about = {"article": one.article, "section": one.section, "verb": one.verb}
        say(text("commands.check_verb", **about, said=one.said, statute=one.statute))
    for gone in told.stale:
        say(text("commands.check_verb_gone", article=gone.article, said=gone.sentence))
    if wrong := len(told.wrong) + len(told.stale):
        raise Refusal("commands.check_problems", count=wrong)
    say(text("commands.check_verbs_fine", count=told.sentences, acts=len(acts)))


def _tell(library: Library, question: str, as_json: bool) -> None:
    found = library.ask(question)
    if as_json:
        hits = [_hit(library, match) for match in found.matches]
        answer = {"outcome": found.outcome.value, "hits": hits}
        if found.read_as:
            answer["read_as"] = found.read_as
        if found.asks:
            answer["asks"] = library.roles.every[found.asks].ask
        say(json.dumps(answer, ensure_ascii=False))
        return
    say(text("commands.outcome_asks" if found.asks else f"commands.outcome_{found.outcome.value}"))
    if found.outcome is not Outcome.UNKNOWN:
        for hit in _shown(library, found):
            say(hit)


def _shown(library: Library, found: Found) -> list[str]:
    if found.asks:
        kinds = library.roles.kinds(found.asks)
        return [library.roles.every[found.asks].ask, *(f"- {kind.title}" for kind in kinds)]
    if found.outcome is Outcome.CHOICES:
        return [f"- {match.title}" for match in found.matches]
    hit = _hit(library, found.matches[0])
    sources = [f"{source['title']} {source['section']}".strip() for source in hit["sources"]]
    return [hit["title"], hit["text"], *sources]


def _hit(library: Library, match: Match) -> dict[str, Any]:
    article, term = library.article(match.id), library.term(match.id)
    words = article.answer if article else term.meaning if term else ""
    sources: tuple[Source, ...] = article.sources if article else term.sources if term else ()
    return {
        "id": match.id,
        "title": match.title,
        "score": round(match.score, 4),
        "text": words,
        "sources": [asdict(source) for source in sources],
    }
