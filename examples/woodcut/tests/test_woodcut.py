"""Woodcut keeps the promises of the seam, under every fault that the kit knows."""

from __future__ import annotations

import asyncio

import pytest
from stillreel_woodcut import Woodcut
from workshop import Workshop

from stillreel.providers import conformance
from stillreel.providers.ask import StillAsk
from stillreel.providers.stand_in import bench

ASK = StillAsk(subject="mara", kind="sheet", prompt="Mara", width=512, height=512, seed=1, take=1)


@pytest.mark.parametrize("check", conformance.checks(Woodcut().offer), ids=conformance.name)
def test_it_keeps_the_promises_of_the_seam(check: conformance.Check) -> None:
    """Try one promise."""
    asyncio.run(check(bench(Woodcut, Workshop(), ASK)))
