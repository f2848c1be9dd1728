"""`tryggve package`: the zip file that an administrator uploads to Teams."""

import argparse
import json
import re
import textwrap
from importlib.metadata import version
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import urlsplit
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from bot.commands.checkout import MANIFEST
from bot.commands.icons import ACCENT, color_icon, outline_icon
from bot.settings import Settings, SettingsError, read_settings
from bot.terminal import say
from dialogs.conversation.texts import text

DEMO_APP_ID = "4d3c1b6e-58f7-4b0a-9c62-e1a7f0258d93"
LONGEST_DEVELOPER = 32


def package(chosen: argparse.Namespace) -> int:
    """Build the app and tell where it is."""
    path = build_package(read_settings(demo=chosen.demo or None), chosen.out)
    say(text("commands.packaged", path=path))
    return 0


def build_package(settings: Settings, folder: Path) -> Path:
    """Write the zip and return its path. The same settings give the same bytes."""
    files = {
        "manifest.json": json.dumps(manifest(settings), ensure_ascii=False, indent=2).encode(),
        "color.png": color_icon(),
        "outline.png": outline_icon(),
    }
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"tryggve-{version('tryggve')}.zip"
    with ZipFile(path, "w") as package:
        for name, content in files.items():
            package.writestr(_entry(name), content)
    return path


def manifest(settings: Settings) -> dict[str, Any]:
    """The manifest of this installation.

    Raises SettingsError when there is no public address: Teams shows its pages to people.
    """
    if not settings.public_url and not settings.demo:
        raise SettingsError("no_public_url", "TRYGGVE_PUBLIC_URL")
    values = {
        # Three numbers: whether Teams takes more is not known. A candidate counts as what follows.
        "version": ".".join(re.findall(r"\d+", version("tryggve"))[:3]),
        "app_id": settings.app_id or DEMO_APP_ID,
        "developer": textwrap.shorten(
            settings.organisation or "Tryggve", LONGEST_DEVELOPER, placeholder=" …"
        ),
        "base_url": settings.base_url,
        "domain": urlsplit(settings.base_url).hostname or "",
        "accent_color": ACCENT,
    }
    filled: dict[str, Any] = _fill(json.loads(MANIFEST.read_text("utf-8")), values)
    return filled


def _fill(node: Any, values: dict[str, str]) -> Any:
    """Put the values into the strings of the parsed template, where no quote can break out."""
    if isinstance(node, dict):
        return {key: _fill(child, values) for key, child in node.items()}
    if isinstance(node, list):
        return [_fill(child, values) for child in node]
    return Template(node).substitute(values) if isinstance(node, str) else node


def _entry(name: str) -> ZipInfo:
    """A zip entry without today's date and this machine's permissions."""
    entry = ZipInfo(name, (2026, 1, 1, 0, 0, 0))
    entry.compress_type = ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    return entry
