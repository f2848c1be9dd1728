"""Answers that differ by who asks: the right one for the role, or the question which role it is."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from knowledge.answers.models import Article, Found, Match, Outcome
from knowledge.answers.roles import Roles, Told

TORN = 0.7
"""From this share of the probability on, an unsure search is only torn between roles, and that is
asked about."""


@dataclass(frozen=True, slots=True)
class Decided:
    """The articles for whoever asks: one to show, or several to choose from. `asks` is the role
    whose question must be answered first.
    """

    ids: tuple[str, ...] = ()
    asks: str = ""


class ByRole:
    """Which article answers whom. The same question has one that leads to those of each role."""

    def __init__(
        self, articles: Iterable[Article], roles: Roles, find: Callable[[str], Found]
    ) -> None:
        self._roles = roles
        self._find = find
        self._articles = {one.id: one for one in articles}
        self._everybody = next(iter(roles.every), "")
        led = {
            id: leading
            for leading in self._articles.values()
            if leading.by_role
            for id in (leading.id, *(id for ids in leading.by_role.values() for id in ids))
            if id in self._articles
        }
        self._leading = {id: one for id, one in led.items() if self._articles[id].depends_on}
        self._beside = {id: one for id, one in led.items() if id not in self._leading}

    def read(self, found: Found, question: str, about: str) -> Found:
        """What was found, for whoever asks."""
        if found.outcome is Outcome.ANSWER:
            decided = self.decide(question, found.matches[0].id, about)
            return self._as_decided(found, decided) if decided else found
        told = self._roles.told(question).roles
        if found.outcome is Outcome.UNKNOWN or len(told) > 1:
            return found
        if told:
            return replace(found, matches=self._instead(found.matches, next(iter(told))))
        torn = self._share(found.matches) >= TORN
        return self._asking(found, self._everybody) if torn else found

    def decide(self, question: str, first: str, about: str = "") -> Decided | None:
        """What to say to a question that `first` was found for; None where the role is no matter.

        Whoever does not say a role in a question that leans on the answer `about` still has that.
        """
        leading = self._leading.get(first)
        if leading is None and first not in self._beside:
            return None
        told = self._roles.told(question)
        if leading is None:
            return self._not_whose(first, told)
        roles = told.roles or _speaks_for(about, leading)
        if len(roles) == 1:
            return self._for(next(iter(roles)), first, leading, told)
        if not roles:
            return Decided(asks=self._everybody)
        own = [first] if roles & _speaks_for(first, leading) else []
        each = [self._general(leading, role) for role in self._roles.every if role in roles]
        return Decided(tuple(dict.fromkeys((*own, *each))))

    def chosen(self, id: str, question: str) -> Found:
        """What to say to somebody who chose this article, when they had asked that.

        Where it leads on by the role, and the question does not say which, that is asked first.
        """
        article = self._articles.get(id)
        found = Found(Outcome.ANSWER, self._matches([id]))
        decided = self.decide(question, id) if article and article.by_role else None
        if decided and len(decided.ids) == 1:
            return replace(found, matches=self._matches(decided.ids))
        return self._asking(found, decided.asks or self._everybody) if decided else found

    def for_role(self, id: str, role: str, question: str) -> Found:
        """What to say to whoever has this role, and asked a question that article `id` leads to.

        The question is read as if it had named the role. Where that leads nowhere else, the role's
        most general article is meant.
        """
        leading = self._leading.get(id)
        if leading is None:
            return Found(Outcome.UNKNOWN)
        if self._roles.every[role].ask:
            return self._asking(Found(Outcome.ANSWER, self._matches([id])), role)
        found = self._find(f"{self._roles.every[role].title} {question}")
        first = found.matches[0].id if found.outcome is Outcome.ANSWER else ""
        own = first if first in self._own(leading, role) else self._general(leading, role)
        return Found(Outcome.ANSWER, self._matches([own]))

    def _for(self, role: str, first: str, leading: Article, told: Told) -> Decided:
        if first in self._own(leading, role):
            return Decided((first,))
        if self._roles.every[role].ask:
            return Decided(asks=role)
        others = _speaks_for(first, leading) & told.named
        return Decided((self._general(leading, role), *([first] if others else [])))

    def _not_whose(self, first: str, told: Told) -> Decided | None:
        """An answer for one role that asks nobody, found for a question that says another one:
        "får socialtjänsten berätta för polisen" has the words of what the police may tell.
        """
        leading = self._beside.get(first)
        if leading is None or not told.plainly or not told.roles:
            return None
        if any(first in self._own(leading, role) for role in told.roles):
            return None
        each = [self._general(leading, role) for role in self._roles.every if role in told.roles]
        return Decided(tuple(dict.fromkeys((first, *each))))

    def _as_decided(self, found: Found, decided: Decided) -> Found:
        if decided.asks:
            return self._asking(found, decided.asks)
        if decided.ids == (found.matches[0].id,):
            return found
        outcome = Outcome.ANSWER if len(decided.ids) == 1 else Outcome.CHOICES
        others = [match for match in found.matches if match.id not in decided.ids]
        matches = (*self._matches(decided.ids), *others)[: max(len(found.matches), 1)]
        return replace(found, outcome=outcome, matches=matches)

    def _asking(self, found: Found, role: str) -> Found:
        leading = self._leading[found.matches[0].id]
        return replace(found, outcome=Outcome.CHOICES, asks=role, led_by=leading.id)

    def _instead(self, matches: Sequence[Match], role: str) -> tuple[Match, ...]:
        """To offer to this role: its own article in the place of another role's."""
        fitting: dict[str, Match] = {}
        for match in matches:
            leading = self._leading.get(match.id)
            if leading and match.id not in self._own(leading, role):
                own = self._articles[self._general(leading, role)]
                match = replace(match, id=own.id, title=own.title)
            fitting.setdefault(match.id, match)
        return tuple(fitting.values())

    def _share(self, matches: Sequence[Match]) -> float:
        """How much of what may be meant is one question, answered by the role."""
        leading = self._leading.get(matches[0].id)
        meant = (one.score for one in matches if leading and self._leading.get(one.id) is leading)
        return sum(meant) / (sum(match.score for match in matches) or 1.0)

    def _general(self, leading: Article, role: str) -> str:
        """The most general article for a role."""
        return next(iter(self._own(leading, role)), leading.id)

    def _own(self, leading: Article, role: str) -> list[str]:
        """The articles of a role, and of what it is within, its own first."""
        return [id for one in self._roles.chain(role) for id in leading.by_role.get(one, ())]

    def _matches(self, ids: Iterable[str]) -> tuple[Match, ...]:
        articles = [self._articles[id] for id in ids if id in self._articles]
        return tuple(Match(one.id, one.title, 1.0, one.title) for one in articles)


def _speaks_for(id: str, leading: Article) -> frozenset[str]:
    """The roles that an article is among those of."""
    return frozenset(role for role, ids in leading.by_role.items() if id in ids)
