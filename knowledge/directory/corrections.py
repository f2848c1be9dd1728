"""Which of the places in a sentence are said away: "inte Lund utan Malmö", "Lund, nej Malmö"."""

from collections.abc import Sequence
from itertools import pairwise

from knowledge.directory.mentions import Mention, adjoins
from knowledge.directory.words import Word, lexicon

FORGOTTEN_WITHIN = 6
"""Words between "glöm" and the place that is to be forgotten."""


def said_away(words: Sequence[Word], mentions: Sequence[Mention]) -> set[int]:
    """The numbers of the mentions that do not count."""
    away: set[int] = set()
    for number, mention in enumerate(mentions):
        goes_on = number - 1 in away and _continues(words, mentions[number - 1], mention)
        if goes_on or _is_denied(words, mention) or _is_left(words, mentions, number):
            away.add(number)
    for number, (one, later) in enumerate(pairwise(mentions)):
        if number + 1 not in away and _is_corrected(words, one, later):
            away |= {*range(number + 1)}
    if mentions and _is_taken_back(words, mentions[-1]):
        away.add(len(mentions) - 1)
    return away


def _is_denied(words: Sequence[Word], mention: Mention) -> bool:
    """ "inte i Lund", "jobbar inte längre i Lund", "glöm det jag sa om Lund" """
    reach = mention.first
    for at in range(mention.first - 1, -1, -1):
        word = words[at].small
        if words[at + 1].leads or (at + 1 < reach and words[at + 1].gap.strip()):
            return False
        if word in lexicon()["not_only"]:
            return False
        if word in lexicon()["not"]:
            return at == 0 or words[at - 1].small not in lexicon()["forget"]
        if word in lexicon()["forget"]:
            return True
        if word not in lexicon()["between_not"] or mention.first - at > FORGOTTEN_WITHIN:
            return False
    return False


def _is_left(words: Sequence[Word], mentions: Sequence[Mention], number: int) -> bool:
    """ "flyttat från Lund", "slutat i Lund", "från Lund till Malmö" """
    first = mentions[number].first
    if not first or words[first].leads:
        return False
    before, verb = words[first - 1].small, words[first - 2].small if first > 1 else ""
    if before != "från":
        return verb in lexicon()["ended"] and before in lexicon()["inside"]
    following = mentions[number + 1] if number + 1 < len(mentions) else None
    to_another = following is not None and [
        word.small for word in words[mentions[number].last : following.first]
    ] == ["till"]
    return to_another or verb in lexicon()["left"]


def _continues(words: Sequence[Word], one: Mention, other: Mention) -> bool:
    """ "inte Lund eller Malmö"; a comma or "utan" ends it."""
    between = [word.small for word in words[one.last : other.first]]
    return bool(between) and {*between} <= lexicon()["or"] and adjoins(words, one, other)


def _is_corrected(words: Sequence[Word], one: Mention, later: Mention) -> bool:
    """ "Lund, nej Malmö", "Lund, inte där utan Malmö", "Lund, jag menar Malmö" """
    between = [word.small for word in words[one.last : later.first]]
    if {*between} & (lexicon()["no"] | lexicon()["meant"]) or _not_there(between):
        return True
    after = [word.small for word in words[later.last : later.last + 1]]
    return bool({*after} & lexicon()["meant"])


def _is_taken_back(words: Sequence[Word], mention: Mention) -> bool:
    """ "jag bor i Lund, men det är inte där jag arbetar" """
    return _not_there([word.small for word in words[mention.last :]])


def _not_there(said: Sequence[str]) -> bool:
    return any(
        one in lexicon()["not"] and other in lexicon()["there"] for one, other in pairwise(said)
    )
