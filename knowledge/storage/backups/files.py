"""The files that copies are: named by time, never seen half done, read by nobody else."""

import glob
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from knowledge.storage.backups.models import BackupFailed, Hindrance

UNFINISHED = ".part"
"""What a file is called for as long as it is written."""

LEFT_SECONDS = 6 * 3600
"""Nobody writes longer than that at a file."""

_NAME = re.compile(r"tryggve-\d{8}-\d{6}Z\.(db|dump)")


def is_folder(where: Path) -> bool:
    """Also one that is not there yet; what ends as files do is a file."""
    return where.is_dir() or not where.suffix


def place_for(where: Path, ending: str, now: datetime) -> Path:
    """The file to write: a new one in the folder `where`, or `where` itself."""
    path = where
    if is_folder(where):
        path = where / f"tryggve-{now.astimezone(UTC):%Y%m%d-%H%M%SZ}.{ending}"
    if path.exists():  # it might be the database itself
        raise BackupFailed(Hindrance.EXISTS, str(path))
    return path


def first_bytes(path: Path) -> bytes:
    """What tells the kinds of copies apart. A folder is none."""
    if path.is_dir():
        raise BackupFailed(Hindrance.DAMAGED, str(path))
    with path.open("rb") as file:
        return file.read(15)


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Write to what is given: it comes to its place when it is done, and else not at all."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _clear_away(path.parent)
    unfinished = path.with_name(path.name + UNFINISHED)
    unfinished.unlink(missing_ok=True)
    try:
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        yield unfinished
        unfinished.chmod(0o600)
        _to_disk(unfinished)
        unfinished.replace(path)
        _to_disk(path.parent)
    finally:
        for part in path.parent.glob(f"{glob.escape(unfinished.name)}*"):
            part.unlink(missing_ok=True)


def _clear_away(folder: Path) -> None:
    """What was left half done by who was killed. What is young may be another's, under way."""
    for path in folder.glob(f"*{UNFINISHED}*"):
        name = path.name.partition(UNFINISHED)[0]
        if _NAME.fullmatch(name) and time.time() - path.stat().st_mtime > LEFT_SECONDS:
            path.unlink(missing_ok=True)


def leave_newest(folder: Path, keep: int) -> list[Path]:
    """Delete all but so many of the copies that have got their names from us. Returns them."""
    ours = sorted(path for path in folder.iterdir() if _NAME.fullmatch(path.name))
    gone = ours[: max(0, len(ours) - keep)]
    for path in gone:
        path.unlink()
    return gone


def _to_disk(path: Path) -> None:
    """Not only in the system's memory: whoever is told of a copy may lose the power next."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
