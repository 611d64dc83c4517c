"""Both embedded front-ends keep the seam's promises."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import cv2
import numpy as np
import pytest

from stillreel.errors import Refused
from stillreel.providers import registry
from stillreel.providers.ask import StillAsk
from stillreel.providers.seam import Job, Still
from stillreel.values.scene import BoardScene, Identity, PanelScene, Performer, Setting, SheetScene

MARA = Identity(id="mara", name="Mara")
SHEET = StillAsk(
    subject="mara",
    kind="sheet",
    prompt="a sheet of Mara",
    width=320,
    height=180,
    seed=5,
    take=1,
    sheet=SheetScene(character=MARA),
)


@pytest.fixture(params=["lumen", "ink"])
def provider(request: pytest.FixtureRequest) -> Still:
    return registry.still(request.param)


def submitted(provider: Still, ask: StillAsk) -> Job:
    return asyncio.run(provider.submit(ask, "key-1"))


def decoded(data: bytes) -> np.ndarray:
    return cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)


def test_it_is_a_free_local_front_end_that_is_ready(provider: Still) -> None:
    assert isinstance(provider, Still)
    assert provider.id == provider.offer.provider
    assert provider.offer.makes == "still"
    assert provider.offer.local
    assert provider.status().state == "ready"
    assert provider.quote(SHEET).high.micros == 0


def test_a_sheet_comes_back_finished_in_the_size_that_was_asked(provider: Still) -> None:
    job = submitted(provider, SHEET)
    assert job.state == "succeeded"
    assert job.key == "key-1"
    assert job.charged is not None
    assert job.charged.micros == 0
    assert job.files[0].media_type == "image/png"
    assert decoded(job.files[0].data).shape == (180, 320, 3)
    assert asyncio.run(provider.fetch(job)) == job.files


def test_the_same_ask_gives_the_same_bytes(provider: Still) -> None:
    assert submitted(provider, SHEET).files == submitted(provider, SHEET).files


def test_a_board_is_drawn_from_its_scene(provider: Still) -> None:
    place = Setting(id="yard", name="Yard", kind="open")
    panels = tuple(
        PanelScene(id=f"C01.P{i}", size="full", setting=place, performers=(Performer(id="mara"),))
        for i in range(1, 10)
    )
    ask = StillAsk(
        subject="C01",
        kind="board",
        prompt="nine panels",
        width=320,
        height=180,
        seed=1,
        take=1,
        board=BoardScene(id="C01", panels=panels, cast=(MARA,)),
    )
    picture = decoded(submitted(provider, ask).files[0].data)
    assert picture.shape == (180, 320, 3)
    assert picture.std() > 10


def test_words_alone_and_impossible_sizes_are_refused_before_drawing(provider: Still) -> None:
    with pytest.raises(Refused, match="words only"):
        submitted(provider, replace(SHEET, sheet=None))
    with pytest.raises(Refused, match="cannot be drawn"):
        submitted(provider, replace(SHEET, width=20))


def test_nothing_is_kept_to_be_found_and_nothing_can_be_stopped(provider: Still) -> None:
    job = submitted(provider, SHEET)
    assert asyncio.run(provider.find("key-1")) is None
    assert asyncio.run(provider.poll(job)) == job
    assert asyncio.run(provider.cancel(job)) == job
