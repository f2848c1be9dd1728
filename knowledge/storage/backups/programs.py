"""PostgreSQL's own programs: found, old enough to know the server, and run without telling all.

The password is in their environment, which only the same user can read, and never among their
words, which everybody on the machine can.
"""

import asyncio
import os
import re
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from knowledge.storage.backups.models import BackupFailed, Hindrance

_CHUNK = 1 << 20


async def demand(program: str, server: int) -> None:
    """The program is there and at least as new as the server."""
    if shutil.which(program) is None:
        raise BackupFailed(Hindrance.NO_TOOL, program, str(server))
    told = await run(program, "--version", environment={})
    found = re.search(rb"\) (\d+)", told)
    version = int(found[1]) if found else 0
    if version < server:
        raise BackupFailed(Hindrance.TOOL_TOO_OLD, f"{program} {version}", str(server))


async def run(program: str, *words: str, environment: Mapping[str, str]) -> bytes:
    """What it prints. Raises BackupFailed with what it complains of."""
    process = await asyncio.create_subprocess_exec(
        program,
        *words,
        env=_of(environment),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    printed, complaint = await process.communicate()
    if process.returncode:
        raise _failed(program, complaint)
    return printed


async def replace_all(
    first: str, archive: Path, schema: str, last: str, environment: Mapping[str, str]
) -> None:
    """Carry out `first`, what the archive holds in the schema, and `last`, which commits.

    Psql gets the last word from us, when everything before it has come out of the archive: an
    archive that breaks off commits nothing.
    """
    env, pipe = _of(environment), asyncio.subprocess.PIPE
    reader = await asyncio.create_subprocess_exec(
        "pg_restore", "--no-owner", "--no-privileges", f"--schema={schema}", "--file=-",
        str(archive),
        stdin=asyncio.subprocess.DEVNULL, stdout=pipe, stderr=pipe, env=env,
    )  # fmt: skip
    writer = await asyncio.create_subprocess_exec(
        "psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--output=/dev/null",
        stdin=pipe, stdout=asyncio.subprocess.DEVNULL, stderr=pipe, env=env,
    )  # fmt: skip
    read, written = await asyncio.gather(
        _hand_over(reader, writer, first, last), _complaint(writer), return_exceptions=True
    )
    if isinstance(read, BackupFailed):
        raise read
    if await writer.wait():
        raise _failed("psql", written if isinstance(written, bytes) else b"")


async def _hand_over(
    reader: asyncio.subprocess.Process, writer: asyncio.subprocess.Process, first: str, last: str
) -> None:
    assert reader.stdout  # noqa: S101 both are pipes
    assert writer.stdin  # noqa: S101
    complaint = asyncio.create_task(_complaint(reader))
    try:
        writer.stdin.write(first.encode())
        while chunk := await reader.stdout.read(_CHUNK):
            writer.stdin.write(chunk)
            await writer.stdin.drain()
        if await reader.wait():
            raise _failed("pg_restore", await complaint)
        writer.stdin.write(last.encode())
        await writer.stdin.drain()
    except ConnectionError:  # psql has ended, and says why itself
        reader.kill()
    finally:
        writer.stdin.close()
        with suppress(ConnectionError):
            await writer.stdin.wait_closed()
        await reader.wait()


async def _complaint(process: asyncio.subprocess.Process) -> bytes:
    assert process.stderr  # noqa: S101 it is a pipe
    return await process.stderr.read()


def _of(environment: Mapping[str, str]) -> dict[str, str]:
    """Our own, but for what would lead elsewhere than our driver goes; complaints in English."""
    elsewhere = ("PGSERVICE", "PGHOSTADDR", "PGOPTIONS")
    own = {name: value for name, value in os.environ.items() if name not in elsewhere}
    return {**own, **environment, "LC_ALL": "C"}


def _failed(program: str, complaint: bytes) -> BackupFailed:
    """With its first line, which names what is wrong."""
    lines = [line for line in complaint.decode("utf-8", "replace").splitlines() if line.strip()]
    errors = [line for line in lines if "error" in line.casefold()] or lines
    said = errors[0].strip() if errors else ""
    if "No space left on device" in said:
        return BackupFailed(Hindrance.FULL, program)
    if "permission denied" in said or "must be owner" in said:
        return BackupFailed(Hindrance.RIGHTS, said)
    return BackupFailed(Hindrance.TOOL_FAILED, program, said)
