"""Reads who may ask, and checks that every answer that depends on it has one for each."""

from collections.abc import Mapping
from typing import Any

from knowledge.answers.articles.fields import Fields
from knowledge.answers.articles.problems import FileProblems, Problem
from knowledge.answers.models import Article, Role

STEM = "roles"
DEPENDS = "role"


def read_roles(table: Mapping[str, Any], problems: list[Problem]) -> dict[str, Role]:
    """The roles of `roles.toml`. The first one is everybody; each other belongs to one before."""
    roles: dict[str, Role] = {}
    for name, described in table.items():
        wrong = FileProblems(f"{STEM}.toml [{name}]", problems)
        role = _role(name, Fields(described, wrong))
        if roles and role.within not in roles:
            wrong.add("within", "unknown_role", role=role.within)
        elif roles and not roles[role.within].ask:
            wrong.add("within", "asks_nothing", role=role.within)
        roles[name] = role
    return roles


def _role(name: str, fields: Fields) -> Role:
    role = Role(
        name,
        fields.text("title"),
        fields.text("title_en"),
        fields.text("within", ""),
        fields.text("ask", ""),
        fields.text("ask_en", ""),
        fields.texts("words", ()),
        fields.texts("own", ()),
        fields.texts("hints", ()),
        fields.flag("shown", default=True),
    )
    fields.only(*(name for name in Role.__dataclass_fields__ if name != "id"))
    return role


def check_roles(
    articles: Mapping[str, Article], roles: Mapping[str, Role], problems: list[Problem]
) -> None:
    """Each answer that depends on the role leads to one for each role, or is one of these."""
    ids = {one.id for one in articles.values()}
    led_to = {id for one in articles.values() for ids in one.by_role.values() for id in ids}
    for file, article in articles.items():
        wrong = FileProblems(file, problems)
        if article.depends_on not in ("", DEPENDS):
            wrong.add("depends_on", "unknown_dependence", value=article.depends_on)
        if bool(article.by_role) > bool(article.depends_on):
            wrong.add("by_role", "not_dependent")
        if article.depends_on and not article.by_role and article.id not in led_to:
            wrong.add("depends_on", "no_role_leads_here")
        if article.by_role:
            _check_targets(article, ids, roles, wrong)


def _check_targets(
    article: Article, ids: set[str], roles: Mapping[str, Role], wrong: FileProblems
) -> None:
    for role, listed in article.by_role.items():
        if role not in roles:
            wrong.add("by_role", "unknown_role", role=role)
        for id in (id for id in listed if id not in ids):
            wrong.add("by_role", "related_unknown", id=id)
    led = article.by_role.keys()
    for one in roles.values():
        if one.within and not led & {one.id, one.within}:
            wrong.add("by_role", "no_answer_for", role=one.id)
