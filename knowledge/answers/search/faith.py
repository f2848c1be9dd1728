"""How faithful words are to their matter.

Where one wording of an entry says "äldreboende", the others and the answer mostly do as well; where
one says "väldigt", they do not. Both may be equally rare in the base, but only the first one tells
what a question is about. So rarity is multiplied by faith, which the base itself teaches.
"""

import numpy as np
from numpy.typing import NDArray

from knowledge.answers.search.postings import Counts, Doubles

# Anything from half to twice these does as well.
_DOUBT = 5.0  # how many texts a word must be met in before its own figure outweighs the average
_STRENGTH = 0.6  # 0 would be rarity alone


def faith(texts: Counts, owners: NDArray[np.int64]) -> Doubles:
    """By kind (word or n-gram): how often it comes back in the owner's other texts; 1 is average.

    `owners` numbers the entry that each text belongs to.
    """
    kinds = texts.kinds
    held, owner, times = _held(texts, owners)
    others = np.bincount(owners)[owner] - 1
    met = np.bincount(held, weights=times * (others > 0), minlength=kinds)
    returns = times * (times - 1) / np.maximum(others, 1)
    returned = np.bincount(held, weights=returns, minlength=kinds)
    average = returned.sum() / max(met.sum(), 1.0)
    if not average:  # no two texts of any entry share a word
        return np.ones(kinds)
    share: Doubles = (returned + _DOUBT * average) / (met + _DOUBT) / average
    return share**_STRENGTH


def _held(
    texts: Counts, owners: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], Doubles]:
    """Each kind and owner that meet, and in how many of the owner's texts they do."""
    most = int(owners.max(initial=0)) + 1
    met = texts.numbers.astype(np.int64) * most + owners[texts.documents]
    pairs, times = np.unique(met, return_counts=True)
    return pairs // most, pairs % most, times.astype(np.float64)
