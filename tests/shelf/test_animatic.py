"""The embedded motion backend behind the seam."""

from __future__ import annotations

import asyncio
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from stillreel.errors import Refused
from stillreel.providers.registry import motion
from stillreel.providers.seam import Motion, MotionAsk, Reference
from stillreel.shelf.animatic import Animatic, moved
from stillreel.values.digest import of_bytes
from stillreel.values.money import Money
from stillreel.values.scene import BoardScene, Identity, PanelScene, Performer, Setting

if TYPE_CHECKING:
    from pathlib import Path

PLACE = Setting(id="garden", name="Garden", kind="garden")
BOARD = BoardScene(
    id="C01",
    panels=tuple(
        PanelScene(
            id=f"P{n}",
            size="wide",
            move="push" if n % 2 else "pan-left",
            frames=4,
            setting=PLACE,
            performers=(Performer(id="mara"),),
        )
        for n in range(1, 10)
    ),
    cast=(Identity(id="mara", name="Mara"),),
)


@pytest.fixture
def panels(tmp_path: Path) -> tuple[Reference, ...]:
    rng = np.random.default_rng(3)
    made = []
    for number in range(9):
        small = rng.integers(0, 255, (6, 8, 3), dtype=np.uint8)
        data = cv2.imencode(".png", cv2.resize(small, (160, 90)))[1].tobytes()
        file = tmp_path / f"{number}.png"
        file.write_bytes(data)
        made.append(Reference("board", f"panel-{number + 1}", of_bytes(data), file))
    return tuple(made)


def _ask(panels: tuple[Reference, ...], drawn_by: str = "lumen", width: int = 128) -> MotionAsk:
    return MotionAsk(
        subject="C01",
        prompt="",
        width=width,
        height=72,
        fps=24,
        read="grid",
        seed=1,
        take=1,
        board=BOARD,
        panels=panels,
        drawn_by=drawn_by,
    )


def test_it_is_found_through_the_front_door_and_is_ready() -> None:
    provider = motion("animatic")
    assert isinstance(provider, Motion)
    assert provider.status().state == "ready"
    assert provider.offer.local


def test_it_costs_time_but_no_money(panels: tuple[Reference, ...]) -> None:
    quote = Animatic().quote(_ask(panels))
    assert quote.low == quote.high == Money()
    assert 0 < quote.seconds_low < quote.seconds_high


def test_submitting_gives_a_finished_job_with_the_clip(panels: tuple[Reference, ...]) -> None:
    provider = Animatic()

    async def walk() -> bytes:
        job = await provider.submit(_ask(panels), "key-1")
        assert job.state == "succeeded"
        assert job.key == "key-1"
        assert await provider.poll(job) == job
        (file,) = await provider.fetch(job)
        assert file.media_type == "video/mp4"
        assert await provider.find("key-1") is None
        return file.data

    data = asyncio.run(walk())
    assert data[4:8] == b"ftyp"
    assert data == moved(_ask(panels))


def test_boards_of_other_front_ends_are_moved_as_pictures(panels: tuple[Reference, ...]) -> None:
    flat = moved(_ask(panels, drawn_by="somebody-else"))
    assert flat[4:8] == b"ftyp"
    assert flat != moved(_ask(panels))


def test_the_same_ask_gives_the_same_bytes_in_another_process(
    panels: tuple[Reference, ...],
) -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as workers:
        there = workers.submit(moved, _ask(panels)).result()
    assert there == moved(_ask(panels))


def test_sizes_beyond_its_offer_are_refused(panels: tuple[Reference, ...]) -> None:
    with pytest.raises(Refused) as caught:
        moved(_ask(panels, width=8192))
    assert "8192" in str(caught.value)
    assert caught.value.next_step
