"""Articles and glossary behind one question box."""

from dataclasses import replace
from datetime import date

import pytest

from knowledge.answers.library import Library
from knowledge.answers.models import Article, Base, Outcome, Term
from knowledge.answers.readings import doubtful


def article(id: str, title: str, *wordings: str, topic: str = "a", related: str = "") -> Article:
    day = date(2026, 1, 1)
    return Article(
        id=id,
        title=title,
        title_en=f"What about {id}?",
        topic=topic,
        wordings=wordings,
        colloquial=(),
        english=(f"english words about {id}",),
        answer="Svaret står här.",
        more="",
        sources=(),
        known=True,
        checked=day,
        review_by=day,
        owner="Redaktionen",
        related=tuple(related.split()),
    )


ARTICLES = (
    article("lagesbild", "Vad är en lägesbild?", "lägesbild i korthet", related="plan borta"),
    article("plan", "Vem beslutar om åtgärdsplanen?", "beslut om plan", topic="b"),
    article("nio", "Vad säger 9 §?", "9 §", "överenskommelse med polisen"),
    article("grupp", "Vad är en social insatsgrupp (SIG)?", "insatsgrupp för unga"),
)
TERMS = (
    Term("SSPF", ("skola-socialtjänst-polis-fritid",), "Samverkan kring unga.", ()),
    Term("SIG", ("social insatsgrupp",), "Samverkan kring enskilda.", ()),
    Term("överenskommelse om samverkan", ("SÖK", "samverkansavtal"), "Skriftlig.", ()),
    Term("lägesbild", ("nulägesbild",), "Kommunens bild.", ()),
    Term("Brå", ("Bra", "Brottsförebyggande rådet"), "Myndigheten.", (), ask="Vilket råd?"),
)
ENGLISH = Library(Base((replace(ARTICLES[1], english=("action plan template",)),)))
LIBRARY = Library(Base(ARTICLES, TERMS, {"b": "B", "a": "A"}, {}))


@pytest.mark.parametrize(
    ("question", "id"),
    [
        ("vad betyder SSPF", "term:sspf"),
        ("Vad är SSPF för något?", "term:sspf"),
        ("sspf", "term:sspf"),
        ("SÖK?", "term:overenskommelse-om-samverkan"),
        ("va betyder sök", "term:overenskommelse-om-samverkan"),
        ("förklara samverkansavtl", "term:overenskommelse-om-samverkan"),
        ("vad menas med nulägesbild", "lagesbild"),
        ("what does SSPF mean", "term:sspf"),
        ("vad är bra", "term:bra"),
        ("brå", "term:bra"),
    ],
)
def test_a_question_about_a_word_gets_the_word(question: str, id: str) -> None:
    found = LIBRARY.ask(question)
    assert (found.outcome, found.matches[0].id) == (Outcome.ANSWER, id)


@pytest.mark.parametrize("question", ["förklara lägesbild", "vad betyder lägesbild", "lägesbild?"])
def test_an_article_that_asks_just_that_wins_over_the_term(question: str) -> None:
    assert LIBRARY.ask(question).matches[0].id == "lagesbild"


@pytest.mark.parametrize("question", ["vad är en SIG", "vad betyder social insatsgrupp", "SIG"])
def test_an_article_explains_what_its_title_has_in_parentheses(question: str) -> None:
    assert LIBRARY.ask(question).matches[0].id == "grupp"


@pytest.mark.parametrize("question", ["vad säger 9 §", "§9", "paragraf nio", "nionde paragrafen"])
def test_a_paragraph_is_found_however_it_is_written(question: str) -> None:
    found = LIBRARY.ask(question)
    assert (found.outcome, found.matches[0].id) == (Outcome.ANSWER, "nio")


def test_a_reply_is_not_a_question_about_a_word() -> None:
    assert not LIBRARY.ask("bra!").matches[0].id.startswith("term:")


def test_a_term_inside_a_longer_question_leaves_the_question_to_the_articles() -> None:
    assert LIBRARY.ask("vem beslutar om SSPF och åtgärdsplanen").matches[0].id == "plan"


@pytest.mark.parametrize("question", ["what is SSPF?", "who adopts the action plan", "template"])
def test_an_english_question_is_known_as_one(question: str) -> None:
    assert ENGLISH.ask(question).english


@pytest.mark.parametrize(
    "question", ["vad är SSPF?", "vem antar planen for kommun", "SIG", "", "🙂"]
)
def test_a_swedish_question_is_not_taken_for_english(question: str) -> None:
    assert not ENGLISH.ask(question).english


def test_a_match_never_stands_twice() -> None:
    ids = [match.id for match in LIBRARY.ask("vad är en lägesbild").matches]
    assert len(ids) == len(set(ids)) <= 3


def test_ids_lead_back_to_articles_and_terms() -> None:
    assert LIBRARY.article("plan") is ARTICLES[1]
    assert LIBRARY.term("term:sspf") is TERMS[0]
    assert LIBRARY.article("term:sspf") is LIBRARY.term("plan") is None


def test_related_articles_that_are_gone_are_left_out() -> None:
    assert LIBRARY.related("lagesbild") == (ARTICLES[1],)
    assert LIBRARY.related("okänd") == ()


@pytest.mark.parametrize("question", ["", "?", "😀", "§", "vad är", "vad betyder", "x" * 10_000])
def test_odd_texts_are_answered_with_something(question: str) -> None:
    assert LIBRARY.ask(question).outcome in Outcome


def test_an_empty_library_knows_nothing() -> None:
    assert Library(Base()).ask("vad är en lägesbild").outcome is Outcome.UNKNOWN


@pytest.mark.parametrize(
    ("typed", "read_as", "doubts"),
    [
        ("hur ofta uppdatera lägesbiden", "hur ofta uppdatera lägesbilden", []),
        ("far vi anlitta komunen", "får vi anlita kommunen", []),
        ("vem har ordnings vakter", "vem har ordningsvakter", []),
        ("dokumenters vi månadrna", "dokumentera vi månaden", []),
        ("gäng i chattar", "gäng i hattar", ["hattar"]),
        ("bråk vid vår galleria", "bråk vid vår gallra", ["gallra"]),
        ("en politiker undrade", "en politiker ändrade", ["ändrade"]),
    ],
)
def test_a_slip_is_told_from_another_word(typed: str, read_as: str, doubts: list[str]) -> None:
    assert doubtful(typed, read_as) == doubts


HATS = (
    article("hattar", "Hur många hattar får en samordnare ha?", "samordnare med två hattar"),
    article("gang", "Hur rekryterar gäng?", "gäng som rekryterar barn i hemmet", "barn i gäng"),
)


def test_a_word_that_the_answer_does_not_know_makes_it_unsure() -> None:
    found = Library(Base(articles=HATS)).ask("gäng som rekryterar barn i chattar")

    assert found.outcome is not Outcome.ANSWER


def test_slips_are_not_told_back() -> None:
    assert Library(Base(articles=HATS)).ask("hur rekrterar gäng").may_differ is False


def test_a_word_of_the_answer_is_told_back_where_it_may_be_mistaken() -> None:
    found = Library(Base(articles=HATS)).ask("hur många chattar får en samordnare ha?")

    assert found.outcome is Outcome.ANSWER
    assert found.may_differ
    assert found.read_as == "hur många hattar får en samordnare ha"
