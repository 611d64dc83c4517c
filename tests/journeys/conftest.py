"""One small film, made once by the command line, for the journeys that only look at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from commandline import IDEA, stillreel

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def idea(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A film project made from one line, at 180 lines."""
    root = tmp_path_factory.mktemp("journey")
    (root / "idea.md").write_text(IDEA)
    said = stillreel("make", root / "idea.md", "--out", root / "film", "--height", "180", "--json")
    assert said.code == 0, said.err + said.out
    return root / "film"
