"""What can be said of a copy, and what can keep one from being made or put back."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from knowledge.errors import KnowledgeError


class Hindrance(StrEnum):
    """Why a copy is not made, or not put back. Nothing has changed then."""

    NO_TOOL = "no_tool"
    TOOL_TOO_OLD = "tool_too_old"
    TOOL_FAILED = "tool_failed"
    NO_DATABASE = "no_database"
    EXISTS = "exists"
    DAMAGED = "damaged"
    OTHER_KIND = "other_kind"
    NOT_OURS = "not_ours"
    IN_USE = "in_use"
    RIGHTS = "rights"
    FULL = "full"
    TOO_NEW = "too_new"


class BackupFailed(KnowledgeError):
    """`hindrance` tells why; `detail` names what: a program, a version, a file, who is there."""

    def __init__(self, hindrance: Hindrance, detail: str = "", other: str = "") -> None:
        super().__init__(hindrance)
        self.hindrance = hindrance
        self.detail = detail
        self.other = other


@dataclass(frozen=True)
class Copy:
    """A copy that has been read through and is whole. `revision` is its schema's."""

    path: Path
    revision: str
