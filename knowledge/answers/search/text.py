"""From what a person typed to words the engine can compare. Never raises, and bounds the work."""

import re
import unicodedata

from knowledge.answers.search.paragraphs import unify

LONGEST = 400
"""Characters of a question that are read. The conversation turns longer ones down, and says so."""

_TAG = re.compile(r"<[^<>]{0,200}>")
_ENTITY = re.compile(r"&(?:[a-z]{2,8}|#\d{1,6});", re.IGNORECASE)
_UNSEEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff\ud800-\udfff]+"
)
_WORD = re.compile(r"§\d+|\d+(?:[:.]\d+)+|[^\W_]+")
_FOLDED = tuple(zip("åäöéèêáàâüøæ", "aaoeeeaaauoa", strict=True))


def clean(raw: str, longest: int = LONGEST) -> str:
    """Lower-case text without tags and control characters, cut to a sane length.

    The cut comes first, so that a pasted book costs no more than a long sentence.
    """
    visible = raw[: 4 * longest]
    if "<" in visible or "&" in visible or not visible.isprintable():  # hardly ever
        visible = _UNSEEN.sub(" ", _ENTITY.sub(" ", _TAG.sub(" ", visible)))
    composed = unicodedata.normalize("NFKC", visible)[:longest]
    return unify(composed.lower())


def words(cleaned: str) -> list[str]:
    """The words of cleaned text: letters, numbers, law numbers ("2023:196") and paragraphs."""
    return _WORD.findall(cleaned)


def fold(text: str) -> str:
    """The same text as typed on a keyboard without å, ä and ö."""
    # Looking for each letter is several times as fast as `translate`, which looks up every one.
    if not text.isascii():
        for letter, plain in _FOLDED:
            text = text.replace(letter, plain)
    return text


def same(text: str) -> str:
    """A key that is equal for two texts that differ only in case, punctuation or å, ä and ö."""
    return fold(" ".join(words(clean(text))))
