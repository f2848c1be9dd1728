"""A content folder of one's own."""

from pathlib import Path

import pytest

from tests.knowledge.answers.content_folder import ContentFolder


@pytest.fixture
def folder(tmp_path: Path) -> ContentFolder:
    """A small one, without faults until a test puts one there."""
    return ContentFolder(tmp_path)
