"""Names of people in what is written: those that are known, and words that can hardly be else."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise

from knowledge.privacy.people import is_for_people
from knowledge.privacy.words import doubtful_names, first_names, localities, no_names, words

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE_ENDS = re.compile(r"[.!?:\n…)\]\"”»•*]\s*$")
_ABROAD = re.compile(r"[^\W\d_]['’][^\W\d_]{2,}")
_SHORTEST_PART = 3
_SHORTEST_TAIL = 5
_SHORTEST_COMMON = 5
_SHORTEST_SURNAME = 6
_LONG, _LONGEST = 9, 13
_SHORTEST_BASE = 4
_FORMS = ("arna", "erna", "orna", "en", "et", "er", "ar", "or", "na", "n", "t")
_SURNAMES = ("sson", "sdotter")

Knows = Callable[[str], bool]
"""Whether a word, in small letters, is one that our own texts use."""


def names(text: str) -> Iterator[re.Match[str]]:
    """Every word that belongs to somebody's name: a first name and what follows it in capitals,
    or two words in capitals that are nothing else we know."""
    found, before = list(WORD.finditer(text)), False
    for place, hit in enumerate(found):
        following = found[place + 1] if place + 1 < len(found) else None
        after = following if following and text[hit.end() : following.start()] == " " else None
        follows = before and (_capital(hit[0]) or hit[0].casefold().endswith("sson"))
        pair = after and _capital(hit[0]) and _capital(after[0])
        if follows or is_first_name(hit[0]) or pair:
            before = after is not None
            yield hit
        else:
            before = False


def is_first_name(word: str) -> bool:
    """A first name, alone or as a part ("Ann-Marie"), also whose something is ("Annas")."""
    small = word.casefold()
    if small in _common():
        return False
    if len(small) > _SHORTEST_SURNAME and small.removesuffix("s").endswith(_SURNAMES):
        return True
    bare = small.removesuffix("s")
    forms = (small, bare, *re.split(r"['’-]", small), *re.split(r"['’-]", bare))
    return small not in no_names() and any(form in first_names() for form in forms)


def without_places(text: str) -> str:
    """Without the names that stand for a place or a law: "lex Sarah", "Gustav Adolfs torg"."""
    return _named_after().sub(_blot, text)


def has_first_name(text: str) -> bool:
    """Whether somebody is named by a first name."""
    return any(is_first_name(hit[0]) for hit in WORD.finditer(text))


def may_name(text: str, knows: Knows) -> bool:
    """Whether somebody may be named by a word that is none of ours."""
    found = list(WORD.finditer(text))
    if any(_stands_out(text, hit, knows) for hit in found):
        return True
    return any(_is_put_as_name(text, place, found, knows) for place in range(len(found)))


def _stands_out(text: str, hit: re.Match[str], knows: Knows) -> bool:
    """A capital where an ordinary word has none, and no place or authority has one."""
    word, small = hit[0], hit[0].casefold()
    if not word[0].isupper() or _is_acronym(word) or len(word) == 1:
        return False
    if _ABROAD.match(word):
        return True
    head = text[: hit.start()].strip()
    if not head or _SENTENCE_ENDS.search(head):
        doubtful = small.removesuffix("s") in doubtful_names()
        return doubtful and not _is_ordinary_start(text[hit.end() :], small)
    if _lies_there(head.split()):
        return False
    if small.removesuffix("s") in doubtful_names():
        return True
    return not (seems_ours(small, knows, _list("place_endings")))


def _lies_there(before: list[str]) -> bool:
    """After "i" or "vid", as the first word of a place or a later one: "vid Tele2 Arena"; or as
    the next of several: "Huddinge, Botkyrka och Salem"."""
    beside = False
    for word in reversed(before):
        if word == "och":
            continue
        if not word[0].isupper():
            return beside or word in words()["names"]["where"]
        beside = word.strip(",").casefold() in no_names()
    return beside


def _is_put_as_name(text: str, place: int, found: list[re.Match[str]], knows: Knows) -> bool:
    """A strange word where somebody's name would stand, and hardly anything else."""
    word = found[place][0].casefold()
    if _is_acronym(found[place][0]) or seems_ours(word, knows):
        return False
    if found[place][0] == word and (is_for_people(word) or (not place and len(word) >= _LONG)):
        return False
    titles, neighbours, acts = _slots()
    before = found[place - 1][0].casefold() if place else ""
    after = [hit[0].casefold() for hit in _right_after(text, place, found)]
    if before in titles or (len(found) == 1 and found[place][0][0].isupper()):
        return len(word) > 1
    pair = len(after) > 0 and not seems_ours(after[0], knows)
    act = after[1 if pair else 0 :][:1]
    does = any(one in acts for one in act)
    if not before:
        if found[place][0][0].isupper() and after[:1] and after[0].endswith(_list("act_endings")):
            return True
        return does or any(one in words()["names"]["belongs"] for one in after[:1])
    return before in neighbours and (does or pair)


def _right_after(text: str, place: int, found: list[re.Match[str]]) -> Iterator[re.Match[str]]:
    """The two words that follow, as long as only spaces stand between: no number, no comma."""
    for before, hit in pairwise(found[place : place + 3]):
        if not text[before.end() : hit.start()].isspace():
            return
        yield hit


def _is_ordinary_start(rest: str, small: str) -> bool:
    """ "Per månad", "Till vem": a word that is also a name begins the sentence as a word."""
    following = WORD.search(rest)
    after = following[0].casefold() if following else ""
    follows = words()["names"]["ordinary_starts"].get(small)
    if follows is not None:
        return after in follows
    if small not in doubtful_names():
        # Whose something is: "Stens lön".
        return False
    acts, belongs = _slots()[2], words()["names"]["belongs"]
    return not (after in acts or after in belongs or after.endswith(_list("act_endings")))


def is_ours(small: str, knows: Knows) -> bool:
    """A word of our texts, an ordinary one or a place, or one made of two of them."""
    forms = (small, small.removesuffix("s"))
    if any(
        one in no_names() or one in localities() or one in _common() or knows(one) for one in forms
    ):
        return True
    if any(_is_part(one, knows) for one in _bases(small)):
        return True
    if "-" in small:
        return all(is_ours(part, knows) or len(part) == 1 for part in small.split("-"))
    cuts = range(_SHORTEST_PART, len(small) - _SHORTEST_TAIL + 1)
    return any(
        _is_part(small[cut:], knows)
        and (_is_part(small[:cut], knows) or _is_part(small[:cut].removesuffix("s"), knows))
        for cut in cuts
    )


def seems_ours(small: str, knows: Knows, endings: tuple[str, ...] | None = None) -> bool:
    """The same, also with an ending that names lack."""
    ends = _list("endings") if endings is None else endings
    return is_ours(small, knows) or small.endswith(ends) or _is_inflected(small)


def _is_inflected(small: str) -> bool:
    """Long and in a form that names lack: "cykelverkstaden", "kvinnofridslinjen"."""
    if len(small) < _LONG or small.endswith(_list("not_inflected")):
        return False
    return len(small) > _LONGEST or small.endswith(_list("inflected"))


def _blot(hit: re.Match[str]) -> str:
    return "x" * len(hit[0])


def _bases(small: str) -> Iterator[str]:
    """What an inflected word may be a form of: "kameran", "intyget", "chattarna"."""
    for ending in _FORMS:
        base = small.removesuffix(ending)
        if base != small and len(base) >= _SHORTEST_BASE:
            yield base


def _is_part(part: str, knows: Knows) -> bool:
    return knows(part) or (len(part) >= _SHORTEST_COMMON and part in _common())


def _is_acronym(word: str) -> bool:
    """Written in capitals, or with one inside: "SSPF", "SharePoint"."""
    if len(word) == 1:
        return False
    inside = sum(one.isupper() for one in re.split(r"['’-]", word)[0][1:])
    return word.isupper() or inside > 0


def _capital(word: str) -> bool:
    """A word with one capital, that is neither a place nor an ordinary word."""
    named = len(word) > 1 and word[0].isupper() and not word.isupper()
    return named and word.casefold() not in no_names()


@cache
def _named_after() -> re.Pattern[str]:
    """What has somebody's name: "Gustav Adolfs torg", "Lars Kaggsskolan", "Lindströms Bygg"."""
    kinds, ends = "|".join(_list("places")), "|".join(_list("place_ends"))
    name = r"[^\W\d_a-zåäö][^\W\d_]+"
    torg = rf"(?:{name}[ -])?{name}s (?:{kinds})\b|{name} {name}s? (?:{'|'.join(_list('sites'))})\b"
    hall = rf"{name} {name}-?(?:{ends})\b|{name}-(?:{ends})\b|\b(?:S:ta?|Sankta?) {name}"
    firm = rf"(?:{'|'.join(_list('houses'))}) {name}|{name} (?:{'|'.join(_list('firms'))})\b"
    return re.compile(rf"{torg}|{hall}|{firm}|\b[Ll]ex \w+|\bSARA\b")


@cache
def _common() -> frozenset[str]:
    return frozenset(words()["names"]["common_words"])


@cache
def _list(name: str) -> tuple[str, ...]:
    return tuple(words()["names"][name])


@cache
def _slots() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    slots = words()["names"]["slots"]
    return frozenset(slots["titles"]), frozenset(slots["neighbours"]), frozenset(slots["acts"])
