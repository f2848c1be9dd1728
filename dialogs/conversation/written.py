"""What people write at length, as cards show it: line by line, and nothing happens by it.

Teams' Markdown shows a single line end as a space, and two of them differently on every client;
so each line gets a block of its own.
"""

import re
from collections.abc import Iterator, Sequence

from dialogs.conversation import swedish
from dialogs.conversation.card_parts import Element, paragraph
from knowledge import addresses, letters

LONGEST_LINE = 10_000

_BULLET = re.compile(r" *[-*+] +\S")
_NUMBER = re.compile(r" *\d{1,9}[.)] +\S")
_HEADING = re.compile(r"^ *#{1,6} +(?=\S)")
_RULE = re.compile(r"^ *([-_*+=])(?: *\1)* *$")
_BOLD = re.compile(r"(?<!\\)\*\*")
_LINK = re.compile(r"!?\[([^\]]*)\]\(((?:[^()]|\([^()]*\))*)\)")
_TOLD = re.compile(r"(?:mailto|tel|https?):(?://)?", re.IGNORECASE)

# A backslash that is no escape, as in \\server\folder; signs that Teams has no use for; an
# asterisk between figures; and at the beginning of a line what would begin a heading.
_TEXT = re.compile(r"\\(?![*_\[\]()#+.!~|>-])|`|~~|&(?=#?\w+;)|(?<=\d)\*(?=\d)|^#")


def written(typed: str, *, as_markdown: bool = True) -> list[Element]:
    """The blocks of a text: bold, italics, lists and https links stay, unless it is to be shown
    as it was typed, `as_markdown` or not."""
    blocks: list[Element] = []
    for part in re.split(r"\n(?:[^\S\n]*\n)+", letters.with_plain_lines(typed).strip()):
        lines = [line.rstrip() for line in part.split("\n") if line.strip()]
        shown = [*_marked(lines)] if as_markdown else [_plain(line) for line in lines]
        for place, run in enumerate(_runs(shown) if as_markdown else shown):
            blocks.append(paragraph(run, **({"spacing": "none"} if place else {})))
    return blocks


def safe_markdown(typed: str) -> str:
    """One line of a coordinator's own Markdown: bold, lists and https links stay, the rest becomes
    text.

    No mentions, HTML, date macros, pictures, headings or links of other kinds; of those the
    address is told.
    """
    line = _HEADING.sub("", letters.seen(typed))
    if _RULE.match(line):
        return f"\\{line.strip()}"
    pieces, end = [], 0
    for link in _LINK.finditer(line):
        pieces += [_text(line[end : link.start()]), _link(link[1], link[2])]
        end = link.end()
    return "".join([*pieces, _text(line[end:])]).strip()


def _marked(lines: Sequence[str]) -> Iterator[str]:
    """Each line with the bold that was begun on one before it, ended and begun anew."""
    is_bold = False
    for line in lines:
        shown = f"**{line.lstrip()}" if is_bold else line
        is_bold = bool(len(_BOLD.findall(shown)) % 2)
        yield safe_markdown(f"{shown}**" if is_bold else shown)


def _runs(lines: Sequence[str]) -> Iterator[str]:
    """The items of one list together, every other line for itself."""
    run: list[str] = []
    for line in lines:
        kinds = [kind for kind in (_BULLET, _NUMBER) if kind.match(line)]
        if run and not (kinds and kinds[0].match(run[-1])):
            yield "\n".join(run)
            run = []
        run.append(line)
    if run:
        yield "\n".join(run)


def _plain(line: str) -> str:
    return swedish.plain(line, LONGEST_LINE)


def _text(words: str) -> str:
    return swedish.defused(_TEXT.sub(r"\\\g<0>", words))


def _link(label: str, target: str) -> str:
    """A link over https; for another kind its words, and the address when people can use it."""
    said, address = _text(label), target.strip()
    found = addresses.encoded(addresses.completed(address))
    if found:
        return f"[{said or _text(address)}]({found.replace('(', '%28').replace(')', '%29')})"
    if not (_TOLD.match(address) or "@" in address):
        return said
    told = _text(_TOLD.sub("", address.partition("?")[0]) if ":" in address else address)
    if address.lower().startswith("http:"):
        told = _text(address)
    return f"{said} ({told})" if said and said != told else told
