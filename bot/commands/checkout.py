"""Where things lie in a checkout of Tryggve. An installed one has none of them."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

QUESTIONS = ROOT / "tests" / "knowledge" / "answers" / "regression"
"""The test questions to our own articles, each with its right answer."""

ORDINARY = ROOT / "tests" / "dialogs" / "understanding" / "ordinary.toml"
"""Sentences that sound like commands and are none."""

ABOUT_PEOPLE = tuple(
    ROOT / "tests" / "knowledge" / "privacy" / f"{name}.toml" for name in ("corpus", "others")
)
"""What people write about one another, and what is about nobody."""

MANIFEST = ROOT / "deploy" / "teams" / "manifest.template.json"
PLAYGROUND = ROOT / "deploy" / "playground" / ".m365agentsplayground.yml"
