"""The articles that come with Tryggve, asked as colleagues ask."""

import pytest

from knowledge.answers.articles.loader import scan, shipped_content
from knowledge.answers.library import Library
from knowledge.answers.models import Article, Outcome
from knowledge.answers.search.text import fold

EVERYDAY = (
    "hur gammal är min katt",
    "kan jag byta gymnasieprogram",
    "vad kostar det att gå på museet",
    "när går nästa buss till sjukhuset",
    "hur ansöker jag om studiemedel",
    "vem äger den här tomten",
    "jag behöver en ny stol till kontoret",
    "hur loggar jag in i lönesystemet",
    "vad är det för mat på fredag",
    "hur planterar man tulpaner",
    "kan du boka tid hos frisören åt mig",
    "var kan jag ladda min elbil",
    "hur får jag tillbaka på skatten",
    "vilka öppettider har återvinningscentralen",
    "hur söker jag plats på särskilt boende",
    "min granne spelar hög musik",
    "vad är en bra present till chefen",
    "hur räknar man ut procent",
    "när är det påsk i år",
    "vad heter kommundirektören",
    "hur anmäler jag vab",
    "kan jag ta med hunden på jobbet",
    "vad är reseersättningen per mil",
    "hur beställer jag visitkort",
)
"""None of these taught the engine anything: they are not among `strangers.toml`."""


@pytest.fixture(scope="module")
def library() -> Library:
    return Library(scan(shipped_content()).base)


def _share(library: Library, asked: list[tuple[str, Article]]) -> float:
    """How many of the questions are answered at once with the right article."""
    found = [(library.ask(question), article) for question, article in asked]
    right = [one.outcome is Outcome.ANSWER and one.matches[0].id == it.id for one, it in found]
    return sum(right) / len(right)


@pytest.mark.parametrize(
    "question",
    [
        "hur lagar jag pannkakor",
        "vad är klockan",
        "när öppnar simhallen",
        "hur söker jag bygglov",
        "kan jag byta gymnasieprogram",
        "hej",
    ],
)
def test_questions_from_outside_are_not_answered(library: Library, question: str) -> None:
    assert library.ask(question).outcome is Outcome.UNKNOWN


def test_few_everyday_questions_are_mistaken_for_ours(library: Library) -> None:
    outcomes = [library.ask(question).outcome for question in EVERYDAY]
    assert outcomes.count(Outcome.ANSWER) <= 2
    assert outcomes.count(Outcome.UNKNOWN) >= len(EVERYDAY) / 2


def test_every_wording_finds_its_article_at_once(library: Library) -> None:
    asked = [(wording, one) for one in library.base.articles for wording in one.wordings]
    assert _share(library, asked) >= 0.98


def test_wordings_without_dots_and_rings_are_answered_at_once(library: Library) -> None:
    asked = [(fold(one.wordings[0]), one) for one in library.base.articles]
    assert _share(library, asked) >= 0.95


def test_wordings_with_two_letters_swapped_are_answered_at_once(library: Library) -> None:
    asked = [(_swapped(one.wordings[-1]), one) for one in library.base.articles]
    assert _share(library, asked) >= 0.9


@pytest.mark.parametrize("part", ["första stycket", "2 stycket", "1 st", "1 st 2 p", "st 2"])
@pytest.mark.parametrize("number", [1, 2, 6, 7, 8, 9, 10])
def test_a_part_of_a_paragraph_is_told_as_the_whole(
    library: Library, number: int, part: str
) -> None:
    for asked in (f"{number} § {part}", f"vad säger {number} § {part}?"):
        found = library.ask(asked)
        assert (found.outcome, found.matches[0].id) == (
            Outcome.ANSWER, f"vad-sager-{number}-paragrafen",
        )  # fmt: skip


@pytest.mark.parametrize("asked", ["9 a §", "6 kap. 2 §", "10 kap. 18 a § OSL", "1 kap 6 §"])
def test_a_paragraph_of_another_law_is_not_taken_for_ours(library: Library, asked: str) -> None:
    assert library.ask(asked).outcome is not Outcome.ANSWER


@pytest.mark.parametrize(
    "asked", ["straff", "straffet", "straffa", "påföljd", "påföljder", "böter", "vite", "sanktion"]
)
def test_what_the_law_threatens_with_is_found_by_any_of_its_words(
    library: Library, asked: str
) -> None:
    found = library.ask(asked)
    assert (found.outcome, found.matches[0].id) == (Outcome.ANSWER, "finns-tillsyn-eller-straff")


@pytest.mark.parametrize(
    "asked", ["straff för mord", "straffet för misshandel", "hur straffas stöld",
              "påföljd för unga lagöverträdare", "straffrabatt för unga"],
)  # fmt: skip
def test_what_somebody_is_punished_with_is_not_ours_to_say(library: Library, asked: str) -> None:
    assert library.ask(asked).outcome is not Outcome.ANSWER


@pytest.mark.parametrize("asked", ["a", "A", "is", "is?", "plan a", "vitamin a", "by", "an", "for"])
def test_a_word_that_swedish_has_too_is_not_english_alone(library: Library, asked: str) -> None:
    assert not library.ask(asked).english


@pytest.mark.parametrize("asked", ["is this a law", "what is an action plan", "who is it for"])
def test_with_an_english_word_beside_it_is(library: Library, asked: str) -> None:
    assert library.ask(asked).english


def test_english_questions_are_answered_at_once(library: Library) -> None:
    asked = [(one.english[0].upper(), one) for one in library.base.articles]
    assert _share(library, asked) >= 0.95


@pytest.mark.parametrize(
    ("question", "id_"),
    [
        ("How often do we have to update the situation report?", "hur-ofta-uppdateras-lagesbilden"),
        ("who decides about the action plan", "vem-beslutar-atgardsplanen"),
        ("can small municipalities share a coordinator", "far-flera-kommuner-dela-samordnare"),
        ("are the training courses free", "kostar-bras-utbildningar-nagot"),
        ("what does section 9 say", "vad-sager-9-paragrafen"),
    ],
)
def test_english_in_other_words_finds_the_swedish_article(
    library: Library, question: str, id_: str
) -> None:
    found = library.ask(question)
    assert found.english
    assert (found.outcome is not Outcome.UNKNOWN, found.matches[0].id) == (True, id_)


def test_the_two_languages_are_told_apart(library: Library) -> None:
    articles = library.base.articles
    assert not any(library.ask(way).english for one in articles for way in one.wordings)
    english = [library.ask(way).english for one in articles for way in one.english]
    assert sum(english) >= 0.99 * len(english)


@pytest.mark.parametrize("number", range(1, 15))
def test_every_paragraph_of_the_law_is_found(library: Library, number: int) -> None:
    ways = [f"vad säger {number} §", f"§{number}", f"paragraf {number}"]
    found = [library.ask(way) for way in ways]
    assert {one.outcome for one in found} == {Outcome.ANSWER}
    assert all(_cites(library, one.matches[0].id, number) for one in found)


def _cites(library: Library, id: str, number: int) -> bool:
    article = library.article(id)
    assert article is not None
    return any(f"{number}" in source.section.split() for source in article.sources)


def _swapped(wording: str) -> str:
    """The longest word with its two middle letters in the wrong order."""
    word = max(wording.split(), key=len)
    middle = len(word) // 2
    spoilt = word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :]
    return wording.replace(word, spoilt)


def test_every_section_that_an_answer_rests_on_has_been_reviewed(library: Library) -> None:
    base = library.base
    named = {section for one in base.resting for section in one.rests_on}
    assert sorted(str(one) for one in named - base.reviews.keys()) == []
