"""Who is spoken of without a name: "hon", "min granne", "lärarvikarien", "en av eleverna"."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from itertools import pairwise

from knowledge.privacy.words import words

_LED_WITHIN = 3
"""So many words before somebody tell whose it is: "min gamla trötta chef"."""

_WHOSE = ("ens", "ets", "nas", "ans", "rns", "'s")
"""So ends a word whose somebody is: "kommunens jurist", "grannens unge"."""


_BETWEEN = ("a", "e", "s", "d")
"""So end the words that may stand between: "min gamla", "vår kommuns", "den nya sura"."""


_GROUP = ("alen", "sen", "tet", "lan", "ids", "elsen", "pen", "ören", "get", "kan")
"""So ends where one of many is: "i personalen", "i klassen", "på kontoret", "på skolan"."""


_SHORT = 5


class Form(Enum):
    """How somebody is put: by a pronoun, as somebody's, as the one, as anybody."""

    POINTED = auto()
    OWNED = auto()
    DEFINITE = auto()
    INDEFINITE = auto()


@dataclass(frozen=True, slots=True)
class Kind:
    """Whether the word tells of a life rather than a role, and whether it points one out."""

    private: bool
    definite: bool
    called: bool = False
    """As a name: "berättade att pappa slår"."""


@dataclass(frozen=True, slots=True)
class One:
    """Somebody: where the words for it begin and end, and what they are like."""

    start: int
    end: int
    form: Form
    private: bool


def people(found: list[str]) -> Iterator[One]:
    """Everybody in these words, which are in small letters."""
    for at, word in enumerate(found):
        if word in _list("pointers"):
            yield One(at, at + 1, Form.POINTED, private=True)
        elif _is_one_of(found[max(at - 4, 0) : at]) and (many := _many_kind(word)):
            yield One(0, at + 1, Form.DEFINITE, many.private)
        elif (form := _form_of_many(found, at)) and _many_kind(word):
            yield One(max(at - 1, 0), at + 1, form, private=False)
        elif kind := _kind(word) or _whose_life(word):
            start = _start(found, at)
            if form := _form(found[start:at], kind, bare=not at and word not in _list("whole")):
                yield One(start, at + 1, form, kind.private)
        elif word == "den" and _is_the_one(found[at + 1 : at + 3]):
            yield One(at, at + 2, Form.DEFINITE, private=False)
        elif word in _list("anybody") and _list("where") & set(found[at + 1 : at + 2]):
            yield One(at, at + 1, Form.OWNED, private=False)
        elif word in _list("one_among") and _is_among(found[at + 1 : at + 4]):
            yield One(at, at + 3, Form.OWNED, private=False)


def is_for_people(word: str) -> bool:
    """Whether this is a word for people, and so not anybody's name: "tjejer", "hantverkaren"."""
    return _kind(word) is not None or word in _many()


def _form(before: list[str], kind: Kind, *, bare: bool) -> Form | None:
    """How the person is put, by the word itself and what leads to it."""
    if before and before[0] in _list("owners"):
        return Form.OWNED
    if kind.definite or (before and (before[0] in _list("the") or before[0].endswith(_WHOSE))):
        return Form.DEFINITE
    if before and before[0] in _list("articles"):
        return Form.INDEFINITE
    if kind.called:
        return Form.DEFINITE
    return Form.INDEFINITE if bare and kind.private else None


def _start(found: list[str], at: int) -> int:
    """Where "min gamla chef", "vår kommuns jurist", "nya säkerhetschefen" begins."""
    start = at
    for place in range(at - 1, max(at - 1 - _LED_WITHIN, -1), -1):
        word = found[place]
        if _leads(word):
            return place
        if not word.endswith(_BETWEEN):
            # One word of any kind may stand there: "en gammal kollega", "en viss person".
            return place - 1 if place == at - 1 and place and _leads(found[place - 1]) else start
        start = place if word.endswith(("a", "e")) and place == at - 1 else start
    return start


def _leads(word: str) -> bool:
    leads = _list("owners") | _list("the") | _list("articles")
    return word in leads or word.endswith(_WHOSE)


def _form_of_many(found: list[str], at: int) -> Form | None:
    """ "Våra grannar", "ungarna på tvåan", "två bröder i femman"."""
    before = found[at - 1] if at else ""
    exact = _many().get(found[at])
    if before in _list("owners_of_many"):
        return Form.OWNED if exact and exact.private else None
    if before in _list("some"):
        return Form.INDEFINITE
    return Form.DEFINITE if exact and not before and found[at].endswith("rna") else None


def _is_one_of(before: list[str]) -> bool:
    """ "En av", "två av mina": one of some, whoever they are."""
    return any(one in _list("counts") and of in ("av", "of") for one, of in pairwise(before))


def _is_among(after: list[str]) -> bool:
    """ "En i personalen har", "en på fritids sa"; and not "en i taget", "en på varje skola"."""
    if len(after) < 3 or after[0] not in _list("where"):
        return False
    return after[1] not in _list("times") and after[1].endswith(_GROUP)


def _is_the_one(after: list[str]) -> bool:
    """ "Den dömde flyttar", "den nyanställda på HR"; and not "den beslutade planen"."""
    follows = after[1] if len(after) > 1 else ""
    acts = follows.endswith("r") or follows in words()["clauses"]["which"]
    return acts and after[0].endswith(("de", "da", "te", "ne"))


def _kind(word: str) -> Kind | None:
    if word in _list("nobody"):
        return None
    if word in _whole():
        return _whole()[word]
    return next((kind for ends, kind in _ends() if word.endswith(ends)), None)


def _whose_life(word: str) -> Kind | None:
    """ "Farmors ring"; but "samordnarens uppdrag" is whoever's who holds the role."""
    whose = word.endswith("s") and word not in _list("nobody")
    kind = _kind(word[:-1]) if whose else None
    return Kind(private=True, definite=True) if kind and kind.private else None


def _many_kind(word: str) -> Kind | None:
    """Of several, also at the end of longer words: "tonårspojkar"."""
    if word in _many():
        return _many()[word]
    ends = (*_list("many_doers"), *(form for form in _many() if len(form) > _SHORT))
    return Kind(private=False, definite=True) if word.endswith(ends) else None


@cache
def _whole() -> dict[str, Kind]:
    """The words for people in the singular, as they are and pointing one out."""
    forms = {}
    for private, bases in ((False, _list("roles")), (True, _list("private"))):
        for base in bases:
            forms[base] = Kind(private, definite=False, called=base in _list("called"))
            forms |= dict.fromkeys((f"{base}n", f"{base}en"), Kind(private, definite=True))
    forms |= dict.fromkeys(_list("the_private"), Kind(private=True, definite=True))
    return forms | dict.fromkeys(_list("the_roles"), Kind(private=False, definite=True))


@cache
def _many() -> dict[str, Kind]:
    """And in the plural: "elever", "tjejerna", "pojkar", "kollegorna"."""
    forms: dict[str, Kind] = {}
    for private, bases in ((False, _list("roles")), (True, _list("private"))):
        for base in bases:
            cut = base[:-1]
            plural = (base, f"{base}s", f"{base}er", f"{base}ar", f"{cut}ar", f"{cut}or")
            every = (*plural, *(f"{one}na" for one in plural))
            forms |= dict.fromkeys(every, Kind(private, definite=True))
    return forms | {"barnen": Kind(private=False, definite=True)}


@cache
def _ends() -> list[tuple[tuple[str, ...], Kind]]:
    """The same at the end of longer words: "grannfrun", "lärarvikarien", "tandläkaren"."""
    short = {form for base in _list("whole") for form in (base, f"{base}n", f"{base}en")}
    ends: dict[Kind, list[str]] = {}
    for form, kind in _whole().items():
        if form not in short:
            ends.setdefault(kind, []).append(form)
    ends[Kind(private=False, definite=True)] += _list("the_doers")
    ends[Kind(private=False, definite=False)] += _list("doers")
    return [(tuple(every), kind) for kind, every in ends.items()]


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(words()["people"][name])
