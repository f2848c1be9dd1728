"""Every way of naming a paragraph of the law becomes one token: `§9`."""

import re
from itertools import pairwise

from knowledge.answers.data import read

_NUMERALS: dict[str, int] = {
    spelled: value
    for series in read("words")["numerals"].values()
    for value, word in enumerate(series, start=1)
    for spelled in (word, word.translate(str.maketrans("åäö", "aao")))
}
_NUMBER = rf"(?:\d{{1,3}}|{'|'.join(sorted(_NUMERALS, key=len, reverse=True))})(?!\w)(?::[ae])?"
_BETWEEN = r"\s*(?:,|-|–|&|och|samt|till|and)\s*"
_NUMBERS = rf"{_NUMBER}(?:{_BETWEEN}{_NUMBER})*"
_SIGN = r"(?:§+|paragraf(?:en|er|erna)?\b|sections?\b)"
_BEFORE = re.compile(rf"(?<![\w:.]){_SIGN}\s*({_NUMBERS})")
_AFTER = re.compile(rf"(?<![\w:.])({_NUMBERS})\s*(?:[a-f]\s+)?{_SIGN}")
_SINGLE = re.compile(_NUMBER)
_RANGE = re.compile(r"\s*(?:-|–|till)\s*")
_GLUED = re.compile(r"(\d)(?=§)")
_LONGEST_RANGE = 20


def unify(text: str) -> str:
    """Rewrite lower-case text so that "9 §", "§ 9", "paragraf nio" all read "§9".

    The number before the sign is tried first, because that is how Swedish law is cited:
    "9 § 2 stycket" is paragraph nine.
    """
    if "§" not in text and "paragraf" not in text and "section" not in text:
        return text
    text = _GLUED.sub(r"\1 ", text)
    return _BEFORE.sub(_tokens, _AFTER.sub(_tokens, text))


def _tokens(match: re.Match[str]) -> str:
    listed = match[1]
    found = list(_SINGLE.finditer(listed))
    numbers = [_value(one[0]) for one in found]
    for left, right in pairwise(found):
        first, last = _value(left[0]), _value(right[0])
        between = listed[left.end() : right.start()]
        if _RANGE.fullmatch(between) and 0 < last - first <= _LONGEST_RANGE:
            numbers.extend(range(first + 1, last))
    return " " + " ".join(f"§{number}" for number in sorted(numbers)) + " "


def _value(written: str) -> int:
    bare = written.split(":")[0]
    return int(bare) if bare.isdigit() else _NUMERALS[bare]
