"""`tryggve ask` and `tryggve knowledge …`: for editors and for those who measure."""

import argparse
import json
import sys
from dataclasses import asdict
from typing import Any

from bot.terminal import Refusal, say
from dialogs.conversation.texts import text
from knowledge.answers.articles.check import problems
from knowledge.answers.articles.loader import load, shipped_content
from knowledge.answers.library import Library
from knowledge.answers.models import Found, Match, Outcome, Source


def ask(chosen: argparse.Namespace) -> int:
    """Answer one question, or with "-" one for each line of standard input, in order."""
    library = Library(load(shipped_content()))
    if chosen.question != "-":
        _tell(library, chosen.question, chosen.json)
        return 0
    sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    for line in sys.stdin:
        _tell(library, line.rstrip("\r\n"), chosen.json)
    return 0


def check(_chosen: argparse.Namespace) -> int:
    """Check the content that is shipped. Exit code 1 when something is wrong."""
    found = problems(shipped_content())
    for problem in found:
        say(str(problem))
    if found:
        raise Refusal("commands.check_problems", count=len(found))
    base = load(shipped_content())
    say(text("commands.check_fine", articles=len(base.articles), terms=len(base.terms)))
    return 0


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
