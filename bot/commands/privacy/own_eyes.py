"""Files about people that somebody at a terminal has asked for."""

from pathlib import Path


def write(out: Path, content: bytes) -> None:
    """For nobody's eyes but the one's who asked for it. Raises OSError."""
    out.touch(mode=0o600)
    out.chmod(0o600)  # it may have been there before, for others to read
    out.write_bytes(content)
