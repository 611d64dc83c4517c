"""The theatre every test plays in."""

from __future__ import annotations

import pytest

from rehearsal.theatre import Theatre


@pytest.fixture
def theatre() -> Theatre:
    return Theatre()
