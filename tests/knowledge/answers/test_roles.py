"""Whose answer a question asks for, and that nobody gets another's for sure."""

import tomllib
from pathlib import Path

import pytest

from knowledge.answers.models import Found, Outcome
from tests.support.town import library

SECRECY = Path(__file__).parent / "regression" / "sekretess_roller.toml"
NO_ROLE = "no_role"


def asked(*, without_role: bool) -> list[tuple[str, str, Found]]:
    """The article, a question and what was found."""
    tables = tomllib.loads(SECRECY.read_text("utf-8"))
    return [
        (id_, question, library().ask(question))
        for id_, kinds in tables.items()
        for kind, questions in kinds.items()
        if (kind == NO_ROLE) is without_role
        for question in questions
    ]


def test_nobody_gets_the_answer_of_another_role_for_sure() -> None:
    for id_, question, found in asked(without_role=False):
        sure = found.outcome is Outcome.ANSWER
        assert not sure or found.matches[0].id == id_, question


def test_most_get_their_own_first() -> None:
    every = asked(without_role=False)
    own = [found.outcome is not Outcome.UNKNOWN and found.matches[0].id == id_
           for id_, _, found in every]  # fmt: skip

    assert len(every) >= 60
    assert sum(own) >= 0.93 * len(own)


def test_who_says_no_role_is_never_answered_for_sure() -> None:
    every = asked(without_role=True)
    for _, question, found in every:
        assert found.outcome is not Outcome.ANSWER, question

    assert sum(bool(found.asks) for _, _, found in every) >= 0.8 * len(every)


@pytest.mark.parametrize(
    ("said", "roles"),
    [
        ("jag är socialsekreterare, får jag berätta", {"socialtjansten"}),
        ("får rektorn tipsa polisen", {"rektor"}),
        ("som fältare, får jag säga något", {"faltare"}),
        ("vi på soc undrar", {"socialtjansten"}),
        ("lärare sekretess", {"larare"}),
        ("kuratorns uppgifter", {"elevhalsan"}),
        ("jag är ny lärare på en skola", {"larare"}),
        ("kurator på socialtjänsten, vad får jag säga", {"socialtjansten"}),
        ("rektor här, får jag berätta", {"rektor"}),
        ("läraren har slagit en elev, får jag berätta", {"skolan"}),
        ("polisen frågar om en elev", {"skolan"}),
        ("jag är rektor, får kuratorn berätta", {"elevhalsan"}),
        ("jag är kommunpolis, vad får socialtjänsten berätta", {"socialtjansten"}),
        ("får jag berätta att en lärare slår barn", set()),
        ("något som en lärare sa, får jag föra det vidare", set()),
        ("polisen ringer, får vi svara", set()),
        ("can a teacher tell the police", {"larare"}),
        ("I am a social worker, may I tell the police", {"socialtjansten"}),
    ],
)
def test_whose_answer_is_asked_for(said: str, roles: set[str]) -> None:
    assert library().roles.told(said).roles == roles


@pytest.mark.parametrize(
    ("said", "id_"),
    [
        ("kan socialtjänsten dela information med polisen", "far-socialtjansten"),
        ("är socialtjänsten skyldig att berätta för polisen", "far-socialtjansten"),
        ("vad får skolan berätta för polisen", "regler-for-skolan"),
        ("vad får fältarna berätta för polisen", "far-faltare"),
        ("kan bostadsbolaget berätta för polisen", "far-bostadsbolaget"),
        ("får vår kommun berätta för polisen", "far-vi-lamna"),
        ("can social services give information to the police", "far-socialtjansten"),
        ("får polisen berätta för skolan om en elev", "vad-far-polisen"),
        ("vad kan polisen berätta för kommunen", "vad-far-polisen"),
        ("can the police share information with the school", "vad-far-polisen"),
    ],
)
def test_who_tells_whom_is_not_turned_around(said: str, id_: str) -> None:
    found = library().ask(said)

    assert found.outcome is not Outcome.ANSWER or found.matches[0].id.startswith(id_)
    assert any(match.id.startswith(id_) for match in found.matches)


@pytest.mark.parametrize(
    "question",
    [
        "får ordningsvakten veta vem som bor på boendet",
        "får Försäkringskassan tipsa kommunen om misstänkt bidragsbrott",
        "får grannen veta vem som gjort orosanmälan",
        "kan hyresgästerna få veta vem som har dömts",
    ],
)
def test_who_may_tell_or_know_is_not_turned_around(question: str) -> None:
    assert library().ask(question).outcome is not Outcome.ANSWER


def test_whoever_is_asked_for_is_still_answered() -> None:
    for question in ("får kommunen tipsa Försäkringskassan", "får jag tipsa Försäkringskassan"):
        found = library().ask(question)
        assert found.matches[0].id == "far-kommunen-beratta-om-fusk-for-forsakringskassan"
