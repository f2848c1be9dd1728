"""Which words tell of the matter, learned from the base itself."""

import numpy as np

from knowledge.answers.search.alignment import contrast
from knowledge.answers.search.faith import faith
from knowledge.answers.search.index import Entry, Index
from knowledge.answers.search.postings import Counts, count


def texts(*each: tuple[int, ...], kinds: int) -> Counts:
    return count([np.array(one, dtype=np.int32) for one in each], kinds)


def test_a_word_that_comes_back_is_more_faithful_than_one_that_does_not() -> None:
    returning, passing, unseen = faith(
        texts((0, 1, 0), (0,), (0,), kinds=3), np.zeros(3, dtype=int)
    )
    assert returning > unseen > passing
    assert unseen == 1


def test_without_a_word_that_comes_back_all_are_average() -> None:
    owners = np.array([0, 1])
    assert faith(texts((0,), (1,), kinds=2), owners).tolist() == [1, 1]
    assert faith(texts(kinds=2), np.array([], dtype=int)).tolist() == [1, 1]


def test_the_swedish_wordings_do_not_count_against_the_english_ones() -> None:
    swedish = ("vem beslutar om planen", "vem antar planen", "vem fastställer planen")
    english = ("who decides about the plan", "who should decide the plan")
    index = Index([Entry("a", "vem tar planen", (*swedish, *english), "Nämnden beslutar.")])
    told = index.telling / np.maximum(index.rarity, 1e-9)
    assert told[index.vocabulary["who"]] > told[index.vocabulary["antar"]]


def test_a_word_that_all_the_candidates_hold_tells_none_of_them_apart() -> None:
    everywhere, once = contrast(np.array([[1, 1, 1], [1, 0, 0]], dtype=np.float32))
    assert everywhere == 0
    assert once > 1
