"""Where a pattern for a time fits and the words mean something else."""

from collections.abc import Mapping, Sequence
from typing import Any

from dialogs.understanding.times.phrases import Found
from dialogs.understanding.times.words import Word


class Guards:
    """What may stand beside a time, from `[context]` of times.toml."""

    def __init__(self, context: Mapping[str, Any]) -> None:
        numbers, names = context["numbers"], context["names"]
        self._followed_by = context["followed_by"]
        self._not_followed_by = context["not_followed_by"]
        self._follows = context["follows"]
        self._not_before = frozenset(numbers["not_before"])
        self._not_after = frozenset(numbers["not_after"])
        self._not_after_year = frozenset(numbers["not_after_year"])
        self._names = frozenset(names["also"])
        self._only_names = frozenset(names["always"])

    def allow(self, hit: Found, items: Sequence[Word]) -> bool:
        before = items[hit.first - 1].said if hit.first else ""
        after = items[hit.last].said if hit.last < len(items) else ""
        return not (
            self._out_of_place(hit, items, before, after)
            or self._numbered(hit, items, before, after)
            or self._named(hit, items)
        )

    def _out_of_place(self, hit: Found, items: Sequence[Word], before: str, after: str) -> bool:
        """ "I vår kommun", "can I march", "the last week of …"."""
        alone = items[hit.first].said if hit.last - hit.first == 1 else ""
        if before not in self._follows.get(alone, [before]):
            return True
        if after in self._not_followed_by.get(hit.kind, ()):
            return True
        return after[:1].isalpha() and after not in self._followed_by.get(hit.kind, [after])

    def _numbered(self, hit: Found, items: Sequence[Word], before: str, after: str) -> bool:
        """The number is one of something else: "2023:196", "6 §", "1/2 tjänst"."""
        if "short_year" in hit.values and after in self._not_after_year:
            return True
        begins, ends = items[hit.first].said.isdigit(), items[hit.last - 1].said.isdigit()
        return (begins and before in self._not_after) or (ends and after in self._not_before)

    def _named(self, hit: Found, items: Sequence[Word]) -> bool:
        """ "Maj Andersson", "Maj-Britt", "Jan"."""
        if hit.last - hit.first != 1 or items[hit.first].said not in self._names:
            return False
        name, rest = items[hit.first], items[hit.last : hit.last + 2]
        if name.capital and (name.said in self._only_names or (rest and rest[0].capital)):
            return True
        return len(rest) == 2 and rest[0].said == "-" and not rest[1].known
