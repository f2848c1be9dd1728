"""What `/integritet`, `/villkor` and the answers about one's data say: each sentence is held by the
tests that `tests/deploy/held.toml` names."""

import re
import tomllib
from html import unescape

import pytest

from dialogs.conversation.texts import text
from dialogs.own_data.asked import Subject
from tests.deploy.files import TESTS
from tests.deploy.test_integritet import names_of_tests, sentences

HELD: dict[str, dict[str, str]] = tomllib.loads((TESTS / "deploy" / "held.toml").read_text("utf-8"))
FIELDS = ("responsible", "contact", "officer", "periods")
READ = ("pages.privacy", "pages.terms", *(f"own_data.told.{one}" for one in Subject))
JUDGED, LEADS_ON = "law", "plain"

DOES = re.compile(
    r"\b(?:jag|mina?|själv|tryggve|spara\w*|radera\w*|visa[rs]?|ser|logg\w*|skicka\w*|kvar)\b",
    re.IGNORECASE,
)
"""What tells of the program. A sentence with it is held by tests, or is a judgement."""
UNTESTED = {
    "Använd inte Tryggve för att anmäla brott: ring polisen på 114 14, eller 112 om det är akut.",
}
"""Asks of the reader, and names the program only as what is used."""


def read_in(key: str) -> list[str]:
    """The sentences of a page, or of an answer."""
    if not key.startswith("pages."):
        return sentences(text(key))
    html = text(key, **{one: f"{{{one}}}" for one in FIELDS})
    parts = re.findall(r"<(?:p|li)>(.*?)</(?:p|li)>", html, re.DOTALL)
    plain = [unescape(re.sub(r"<[^>]+>", "", part)) for part in parts]
    return [
        one for part in plain for piece in re.split(r"(\{\w+\})", part) for one in sentences(piece)
    ]


@pytest.mark.parametrize("key", READ)
def test_every_sentence_of_what_is_read_is_held(key: str) -> None:
    """A new one is written into the table, and what is gone is taken out of it."""
    assert {*read_in(key)} == HELD.get(key, {}).keys()


def test_no_other_text_is_in_the_table() -> None:
    assert HELD.keys() == {*READ}
    assert sum(map(len, HELD.values())) > 150


def test_every_test_that_the_table_names_is_there() -> None:
    named = {
        f"test_{name}"
        for held in HELD.values()
        for tests in held.values()
        if tests not in (JUDGED, LEADS_ON)
        for name in tests.split()
    }

    assert len(named) > 60
    assert named - names_of_tests() == set()


def test_what_is_not_held_tells_nothing_of_the_program() -> None:
    plain = {said for held in HELD.values() for said, by in held.items() if by == LEADS_ON}

    assert {said for said in plain if DOES.search(said)} == UNTESTED


def test_what_is_judged_is_in_the_officers_page_or_is_no_act_of_ours() -> None:
    """A judgement says who is to do what, or what the law has: never what is stored or shown."""
    acts = re.compile(r"\b(?:jag (?!gör)|spara[rs]|radera[rs]|visar|visas|loggas|antecknar)\b")
    judged = {said for held in HELD.values() for said, by in held.items() if by == JUDGED}

    assert [said for said in judged if acts.search(said.lower())] == []
