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
_DOTTED = re.compile(r"(?<=[\w§])\.\s*(?=§)|(?<=§)\.(?=\s*\d)")
_INFLECTED = re.compile(r"(?<=§):?(?:ens|en|s|n)\b")
_LONGEST_RANGE = 20

_UNIT = (
    r"(?:styck(?:ets|et|ena|en|e)|st|punkt(?:erna|ens|en)?|p|mom(?:entet|ent)?|mening(?:arna|en)?"
    r"|led(?:et)?|strecksats(?:en)?)\b\.?"
)
_INSIDE = rf"(?<!\w)(?:(?:{_NUMBERS}|sista)\s*{_UNIT}|{_UNIT}\s*{_NUMBERS})"
_PART_AFTER = re.compile(rf"(§\d+)(?:[\s,]*(?:och\s+|samt\s+)?{_INSIDE})+")
_PART_BEFORE = re.compile(
    rf"(?:{_INSIDE}[\s,]*(?:och\s+|samt\s+)?)+(?:(?:i|av|ur|enligt)\s+)?(?=§\d)"
)

_CHAPTER = re.compile(rf"({_NUMBER})\s*kap(?:\.|itlet\b|\b)\s*({_NUMBERS})\s*(?:[a-h]\s+)?{_SIGN}")
_LETTERED = re.compile(rf"(?<![\w:.])(\d{{1,3}})\s?([a-h])\s*{_SIGN}")


def unify(text: str) -> str:
    """Rewrite lower-case text so that "9 §", "§ 9", "paragraf nio" all read "§9".

    The number before the sign is tried first, because that is how Swedish law is cited:
    "9 § 2 stycket" is paragraph nine. Which part of the paragraph is meant is left out: it is
    told as a whole. A paragraph of a chapter, or with a letter, is another law's.
    """
    if "§" not in text and "paragraf" not in text and "section" not in text:
        return text
    text = _GLUED.sub(r"\1 ", _INFLECTED.sub("", _DOTTED.sub(" ", text)))
    text = _LETTERED.sub(r"\1\2 ", _CHAPTER.sub(r"\1 kap \2 ", text))
    text = _BEFORE.sub(_tokens, _AFTER.sub(_tokens, text))
    return _PART_BEFORE.sub("", _PART_AFTER.sub(r"\1", text))


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
