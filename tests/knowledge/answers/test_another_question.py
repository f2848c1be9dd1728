"""An answer that holds the question's rarest word may still be another question's answer."""

import pytest

from knowledge.answers.models import Outcome
from tests.support.town import library

GUARDS = "kan-kommunen-anvanda-ordningsvakter"


@pytest.mark.parametrize(
    "question",
    [
        "får en ordningsvakt visitera folk",
        "kan kommunen utbilda egna ordningsvakter",
        "har ordningsvakten rätt att bära vapen",
        "vem förordnar en ordningsvakt",
        "vem avlönar ordningsvakterna",
    ],
)
def test_what_no_article_says_is_not_answered_by_the_yes_of_another_question(question: str) -> None:
    assert library().ask(question).outcome is not Outcome.ANSWER


@pytest.mark.parametrize(
    "question",
    ["får vi hyra in ordningsvakter på torget", "kan kommunen ha ordningsvakter i centrum"],
)
def test_the_question_that_the_article_answers_still_is(question: str) -> None:
    found = library().ask(question)

    assert (found.outcome, found.matches[0].id) == (Outcome.ANSWER, GUARDS)


@pytest.mark.parametrize(
    ("question", "article", "begins"),
    [
        ("får läraren kroppsvisitera en elev", "far-skolan-kroppsvisitera-en-elev", "Nej"),
        ("kan rektorn känna i en elevs fickor", "far-skolan-kroppsvisitera-en-elev", "Nej"),
        ("får fritidsgården leta igenom väskor", "far-fritidsgarden-undersoka-vaskor", "Nej"),
        ("måste en förskola polisanmäla brott", "maste-forskolan-polisanmala", "Nej"),
        ("gäller tystnadsplikt för ordningsvakter", "har-ordningsvakter-tystnadsplikt", "Ja"),
        ("får rektorn undersöka en elevs väska", "far-skolan-undersoka-elevers-vaskor", "Ja, väsk"),
    ],
)
def test_near_questions_get_their_own_yes_or_no(question: str, article: str, begins: str) -> None:
    found = library().ask(question)
    shown = library().article(article)

    assert (found.outcome, found.matches[0].id) == (Outcome.ANSWER, article)
    assert shown
    assert shown.answer.startswith(begins)


@pytest.mark.parametrize(
    "question",
    [
        "behöver vi tillstånd för det?",
        "vem beslutar om det",
        "vem betalar för den",
        "gäller det även förskolan",
    ],
)
def test_what_only_a_pronoun_names_is_not_answered_when_nothing_was_shown(question: str) -> None:
    assert library().ask(question).outcome is not Outcome.ANSWER


@pytest.mark.parametrize(
    ("shown", "question", "article"),
    [
        ("maste-rektor-polisanmala", "gäller det även förskolan", "maste-forskolan-polisanmala"),
        (
            "far-skolan-undersoka-elevers-vaskor",
            "gäller det fritidsgården",
            "far-fritidsgarden-undersoka-vaskor",
        ),
        ("vilka-ar-lagens-huvudkrav", "gäller det små kommuner", "galler-lagen-sma-kommuner"),
    ],
)
def test_whom_it_holds_for_is_read_in_the_light_of_what_was_shown(
    shown: str, question: str, article: str
) -> None:
    found = library().ask(question, shown)

    assert (found.outcome, found.matches[0].id) == (Outcome.ANSWER, article)


def test_a_guard_who_tells_social_services_is_not_social_services_telling() -> None:
    for question in (
        "får en väktare berätta för socialtjänsten",
        "får en parkeringsvakt lämna uppgifter till socialtjänsten",
    ):
        found = library().ask(question)

        assert found.outcome is not Outcome.ANSWER, question


@pytest.mark.parametrize(
    "question",
    [
        "vad måste vi göra som kommun?",
        "vad är det egentligen vi måste göra",
        "vad är kommunen skyldig att göra",
        "vilka krav har vi på oss som kommun",
    ],
)
def test_what_the_municipality_must_do_is_answered_at_once(question: str) -> None:
    found = library().ask(question)

    assert (found.outcome, found.matches[0].id) == (Outcome.ANSWER, "vilka-ar-lagens-huvudkrav")
