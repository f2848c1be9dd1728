"""Vectors of texts, kept on disk: a model needs a minute for a base that it has not seen."""

import os
import tempfile
from collections.abc import Callable, Sequence
from hashlib import blake2b
from pathlib import Path

import numpy as np
import structlog

from knowledge.answers.search.meaning import Encoder, SmallModel, Vectors, installed

log = structlog.get_logger()

Key = bytes
_FEW = 4
"""So few new texts are a question, not a base: not worth writing to disk."""


def kept_model(folder: Path) -> Encoder | None:
    """The installed model with its vectors in this folder; None when there is no model."""
    return KeptVectors(SmallModel(), folder) if installed() else None


class KeptVectors:
    """An encoder that computes each text of a base once, also across restarts.

    The file can be deleted at any time; a broken or unwritable one only costs time.
    """

    def __init__(self, encoder: Encoder, folder: Path) -> None:
        self.name = encoder.name
        self._encoder = encoder
        self._file = folder / f"{encoder.name}.npz"
        self._known = _read(self._file)

    def questions(self, texts: Sequence[str]) -> Vectors:
        return self._vectors(texts, "question", self._encoder.questions)

    def answers(self, texts: Sequence[str]) -> Vectors:
        return self._vectors(texts, "answer", self._encoder.answers)

    def _vectors(
        self, texts: Sequence[str], kind: str, encode: Callable[[Sequence[str]], Vectors]
    ) -> Vectors:
        if len(texts) <= _FEW:
            return encode(texts)
        keys = [_key(kind, text) for text in texts]
        unseen = {
            key: text for key, text in zip(keys, texts, strict=True) if key not in self._known
        }
        if unseen:
            fresh = encode(list(unseen.values())).astype(np.float16)
            self._known = self._known | dict(zip(unseen, fresh, strict=True))
            _write(self._file, self._known)
        return np.array([self._known[key] for key in keys], dtype=np.float32)


def _key(kind: str, text: str) -> Key:
    return blake2b(f"{kind}:{text}".encode(), digest_size=12).digest()


def _read(file: Path) -> dict[Key, Vectors]:
    try:
        with np.load(file) as kept:
            keys, vectors = kept["keys"], kept["vectors"].astype(np.float32)
    except FileNotFoundError:
        return {}
    except Exception as error:  # whatever is wrong with it, it is made again
        log.warning("vectors", outcome="unreadable", kind=type(error).__name__)
        return {}
    return {key.tobytes(): vector for key, vector in zip(keys, vectors, strict=True)}


def _write(file: Path, known: dict[Key, Vectors]) -> None:
    """All of it beside the old file, then in its place: a reader never sees half."""
    keys = np.frombuffer(b"".join(known), dtype="V12")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=file.parent, suffix=".new", delete=False) as new:
            np.savez(new, keys=keys, vectors=np.array(list(known.values()), dtype=np.float16))
        os.replace(new.name, file)
    except OSError as error:
        log.warning("vectors", outcome="not_kept", kind=type(error).__name__)
