"""Questions that lean on the answer before them, as small conversations with the shipped base."""

import tomllib
from pathlib import Path

import pytest

from knowledge.answers.library import Library
from knowledge.answers.models import Base, Outcome
from tests.support.town import library

FOLDER = Path(__file__).parent / "regression"

CONVERSATIONS = {
    "vad-ar-en-lagesbild": {
        "och hur ofta?": "hur-ofta-uppdateras-lagesbilden",
        "hur ofta ska den uppdateras": "hur-ofta-uppdateras-lagesbilden",
        "måste vi det?": "maste-kommunen-ha-en-lagesbild",
        "vem beslutar om den?": "ska-lagesbilden-beslutas-politiskt",
        "vad ska den innehålla": "vad-ska-en-lagesbild-innehalla",
        "who decides on it?": "ska-lagesbilden-beslutas-politiskt",
    },
    "vad-ar-en-atgardsplan": {
        "vem beslutar om den?": "vem-beslutar-atgardsplanen",
        "finns det en mall?": "finns-en-mall-for-atgardsplan",
        "måste vi det": "maste-kommunen-ha-en-atgardsplan",
        "och hur ofta ska den följas upp": "hur-ofta-foljs-atgardsplanen-upp",
        "kan den ingå i ett annat dokument?": "kan-planen-inga-i-annat-styrdokument",
        "is there a template for it": "finns-en-mall-for-atgardsplan",
    },
    "vad-ar-ett-strategiskt-rad": {
        "måste vi ha ett sånt": "maste-kommunen-ha-ett-strategiskt-rad",
        "vem leder det?": "vem-leder-det-strategiska-radet",
        "hur ofta ska de mötas": "hur-ofta-ska-strategiska-radet-motas",
        "men hur ofta": "hur-ofta-ska-strategiska-radet-motas",
    },
    "kan-vi-soka-projektbidrag-fran-bra": {
        "hur mycket pengar finns det": "hur-mycket-pengar-finns-i-projektbidraget",
        "när ska vi ansöka?": "nar-ska-vi-ansoka-om-projektbidrag",
    },
    "maste-kommunen-ha-en-samordnare": {
        "måste hen jobba heltid?": "maste-samordnaren-arbeta-heltid",
        "och var ska den placeras?": "var-ska-samordningsfunktionen-placeras",
    },
    "maste-kommunen-ha-overenskommelser": {
        "är de bindande?": "ar-overenskommelsen-juridiskt-bindande",
        "med vem?": "med-vem-ska-kommunen-ha-overenskommelse",
    },
    "vilka-utbildningar-har-bra": {
        "kostar de något?": "kostar-bras-utbildningar-nagot",
        "vem kan gå dem": "vem-kan-ga-bras-utbildningar",
    },
    "term:sspf": {"behövs samtycke för det?": "ersatter-sekretessregeln-samtycke-i-sspf"},
    "hur-ofta-foljs-atgardsplanen-upp": {"och lägesbilden?": "hur-ofta-uppdateras-lagesbilden"},
    "maste-kommunen-ha-en-lagesbild": {"och åtgärdsplan?": "maste-kommunen-ha-en-atgardsplan"},
}
FOLLOW_UPS = [
    (about, question, id_)
    for about, questions in CONVERSATIONS.items()
    for question, id_ in questions.items()
]
NEW_TOPICS = [
    "vem leder det strategiska rådet",
    "vad är SSPF",
    "vad säger 10 §",
    "vem är min samordnare",
    "hur lagar jag pannkakor",
    "finns det parkering vid simhallen",
    "vad är klockan",
    "vem är du",
    "vad kan du",
    "tack",
    "ok",
    "hej",
    "",
    "😀",
]


@pytest.mark.parametrize(("about", "question", "id_"), FOLLOW_UPS)
def test_a_follow_up_is_read_in_the_light_of_what_was_shown(
    about: str, question: str, id_: str
) -> None:
    found = library().ask(question, about)

    assert found.matches[0].id == id_
    assert found.outcome is not Outcome.UNKNOWN


@pytest.mark.parametrize("question", NEW_TOPICS)
def test_a_new_topic_drops_what_was_shown(question: str) -> None:
    assert library().ask(question, "vad-ar-en-lagesbild") == library().ask(question)


@pytest.mark.parametrize("about", ["", "borta", "term:borta"])
def test_without_anything_shown_a_question_stands_alone(about: str) -> None:
    assert library().ask("vem beslutar om den?", about) == library().ask("vem beslutar om den?")


def test_the_reading_is_told_back() -> None:
    found = library().ask("och vem beslutar om den?", "vad-ar-en-lagesbild")

    assert found.read_as == "vem beslutar om lägesbild"


def test_what_was_just_shown_is_no_reply_to_a_question_that_goes_on() -> None:
    for about, question, _ in FOLLOW_UPS:
        assert about not in [match.id for match in library().ask(question, about).matches[:1]]


def test_an_empty_library_leans_on_nothing() -> None:
    assert Library(Base()).ask("och hur ofta?", "vad-ar-en-lagesbild").matches == ()


def test_whole_questions_are_hardly_ever_taken_for_follow_ups() -> None:
    """Every question of the regression set, asked after an article about something else."""
    asked = [question for path in sorted(FOLDER.glob("*.toml")) for question in _questions(path)]
    abouts = [article.id for article in library().base.articles]
    leaned = [
        question
        for place, question in enumerate(asked)
        if library().ask(question, abouts[place * 7 % len(abouts)]) != library().ask(question)
    ]

    assert len(leaned) <= len(asked) / 100


def _questions(path: Path) -> list[str]:
    tables = tomllib.loads(path.read_text("utf-8"))
    if path.stem == "outside":
        return [question for kind in tables.values() for question in kind]
    return [question for kinds in tables.values() for kind in kinds.values() for question in kind]
