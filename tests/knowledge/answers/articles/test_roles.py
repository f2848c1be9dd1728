"""Answers that depend on the role: read from files, and held to what they promise."""

import pytest

from knowledge.answers.articles.check import problems
from knowledge.answers.articles.loader import load
from knowledge.answers.library import Library
from knowledge.answers.models import Outcome
from tests.knowledge.answers.content_folder import ContentFolder

REPORT, WALK, PLEDGE = "lägesbild", "trygghetsvandring", "medborgarlöfte"
ROLES = """
[alla]
title = "Alla"
title_en = "Everybody"
ask = "Var arbetar du?"

[parken]
title = "Parken"
title_en = "The park"
within = "alla"
words = ["parkarbetar*"]

[annars]
title = "Annanstans"
title_en = "Elsewhere"
within = "alla"
"""
BY_ROLE = (
    'owner = "Redaktionen"\ndepends_on = "role"\n'
    'by_role.parken = ["maste-vi-ha-trygghetsvandring"]\n'
    'by_role.annars = ["maste-vi-ha-lagesbild"]'
)


@pytest.fixture
def roles(folder: ContentFolder) -> ContentFolder:
    """The report leads those in the park to the walk."""
    folder.write("roles.toml", ROLES)
    folder.change('owner = "Redaktionen"', BY_ROLE, REPORT)
    folder.change('owner = "Redaktionen"', 'owner = "Redaktionen"\ndepends_on = "role"', WALK)
    return folder


def test_each_role_is_led_to_its_own(roles: ContentFolder) -> None:
    library = Library(load(roles.root))
    asked = library.ask("måste kommunen ha en lägesbild")
    assert (asked.asks, asked.led_by, asked.is_sure) == ("alla", roles.id(REPORT), True)

    found = [library.for_role(asked.led_by, one.id) for one in library.roles.kinds(asked.asks)]
    assert [one.matches[0].id for one in found] == [roles.id(WALK), roles.id(REPORT)]


def test_who_says_the_role_is_led_there_at_once(roles: ContentFolder) -> None:
    library = Library(load(roles.root))
    found = library.ask("jag är parkarbetare, måste kommunen ha en lägesbild")

    assert (found.outcome, found.matches[0].id) == (Outcome.ANSWER, roles.id(WALK))


def test_other_answers_do_not_ask(roles: ContentFolder) -> None:
    assert not Library(load(roles.root)).ask("måste kommunen ha en medborgarlöfte").asks


@pytest.mark.parametrize(
    ("file", "old", "new", "field", "part"),
    [
        (REPORT, 'depends_on = "role"', 'depends_on = "vädret"', "depends_on", "vädret"),
        (REPORT, 'depends_on = "role"\n', "", "by_role", "depends_on"),
        (REPORT, "by_role.annars", "by_role.skogen", "by_role", "skogen"),
        (REPORT, '["maste-vi-ha-trygghetsvandring"]\n', '["borta"]\n', "by_role", "borta"),
        (REPORT, '["maste-vi-ha-trygghetsvandring"]\n', "[]\n", "depends_on", "leder hit"),
        (REPORT, 'by_role.annars = ["maste-vi-ha-lagesbild"]', "", "by_role", "annars"),
        (PLEDGE, "related", 'depends_on = "role"\nrelated', "depends_on", "leder hit"),
    ],
)
def test_a_role_that_leads_nowhere_is_told(
    roles: ContentFolder, file: str, old: str, new: str, field: str, part: str
) -> None:
    roles.change(old, new, file)
    told = [(one.field, one.message) for one in problems(roles.root)]

    assert any(name == field and part in message for name, message in told), told


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ('within = "alla"\nwords', 'within = "ingen"\nwords', "ingen"),
        ('within = "alla"\nwords', 'within = "parken"\nwords', "finns inte ovanför"),
        ('ask = "Var arbetar du?"', "", "har ingen fråga"),
        ("words =", "wrods =", "stavningen"),
    ],
)
def test_a_faulty_role_is_told(roles: ContentFolder, old: str, new: str, part: str) -> None:
    assert old in ROLES
    roles.write("roles.toml", ROLES.replace(old, new))

    assert any(part in one.message for one in problems(roles.root) if "roles" in one.file)
