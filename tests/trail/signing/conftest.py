"""The studio that most tests of signing work in."""

from __future__ import annotations

from pathlib import Path

import pytest

from stillreel.trail.signing.keys import studio_key, studio_root
from trail.signing.rooms import NOW, Studio


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    """A studio whose machine has just made its key."""
    keys = tmp_path / "keys"
    (tmp_path / "work").mkdir()
    key, root = studio_key(keys, now=NOW), studio_root(keys)
    assert root is not None
    return Studio(tmp_path / "work", key, root.read_text())


@pytest.fixture
def provenance(shared: Path) -> Path:
    """The folder of real signed files of vendors; tests that need it skip without it."""
    folder = shared / "data" / "provenance-public"
    if not folder.is_dir():
        pytest.skip("needs ../shared/data/provenance-public")
    return folder
