"""The embedded motion backend behind the seam."""

from __future__ import annotations

import asyncio
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from stillreel.errors import Refused
from stillreel.providers.ask import MotionAsk, Reference
from stillreel.providers.registry import motion
from stillreel.providers.seam import Motion, Piecewise
from stillreel.shelf.animatic import Animatic
from stillreel.values.digest import of_bytes
from stillreel.values.money import Money
from stillreel.values.scene import BoardScene, Identity, PanelScene, Performer, Setting
from stillreel.values.take import Footage, Quality

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


def moved(ask: MotionAsk) -> bytes:
    return asyncio.run(Animatic().submit(ask, "key")).files[0].data


def _with_panel(number: int, board: BoardScene = BOARD, **changes: object) -> BoardScene:
    panels = list(board.panels)
    panels[number - 1] = panels[number - 1].model_copy(update=changes)
    return board.model_copy(update={"panels": tuple(panels)})


def _differing(one: MotionAsk, other: MotionAsk) -> list[int]:
    pairs = zip(Animatic().pieces(one), Animatic().pieces(other), strict=True)
    return [number for number, (a, b) in enumerate(pairs, 1) if a.key != b.key]


def _ask(
    panels: tuple[Reference, ...],
    drawn_by: str = "lumen",
    width: int = 128,
    board: BoardScene = BOARD,
) -> MotionAsk:
    return MotionAsk(
        subject="C01",
        prompt="",
        width=width,
        height=72,
        fps=24,
        read="grid",
        seed=1,
        take=1,
        board=board,
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


def test_it_works_in_pieces_one_for_each_panel(panels: tuple[Reference, ...]) -> None:
    pieces = Animatic().pieces(_ask(panels))
    assert isinstance(motion("animatic"), Piecewise)
    assert [piece.frames for piece in pieces] == [4] * 9
    assert len({piece.key for piece in pieces}) == 9


def test_a_changed_line_concerns_its_own_panel_only(panels: tuple[Reference, ...]) -> None:
    said = _with_panel(5, line="Who is there?")
    assert _differing(_ask(panels), _ask(panels, board=said)) == [5]


def test_a_changed_look_concerns_the_panels_it_is_seen_in(panels: tuple[Reference, ...]) -> None:
    board = _with_panel(7, performers=())
    older = board.model_copy(update={"cast": (Identity(id="mara", name="Mara", age="elder"),)})
    assert 7 not in _differing(_ask(panels, board=board), _ask(panels, board=older))


def test_who_sits_down_earlier_does_not_sit_down_again(panels: tuple[Reference, ...]) -> None:
    sits = (Performer(id="mara", does="sit"),)
    fifth = _with_panel(5, performers=sits)
    both = _with_panel(4, board=fifth, performers=sits)
    assert _differing(_ask(panels, board=fifth), _ask(panels, board=both)) == [4, 5]


def test_only_flat_pictures_are_part_of_what_is_moved(panels: tuple[Reference, ...]) -> None:
    other = (*panels[:2], replace(panels[2], digest="another"), *panels[3:])
    assert _differing(_ask(panels), _ask(other)) == []
    flat, touched = (_ask(one, drawn_by="somebody-else") for one in (panels, other))
    assert _differing(flat, touched) == [3]


def test_size_rate_quality_and_seeds_concern_what_they_change(
    panels: tuple[Reference, ...],
) -> None:
    ask = _ask(panels)
    every = list(range(1, 10))
    for change in ({"width": 160}, {"fps": 25}, {"quality": "publish"}, {"drawn_by": "ink"}):
        assert _differing(ask, replace(ask, **change)) == every
    assert _differing(ask, replace(ask, take=2, seed=9, prompt="more")) == []
    seeds = replace(ask, panel_seeds=(0, 0, 7, 0, 0, 0, 0, 0, 0))
    assert _differing(ask, seeds) == [3]


@pytest.mark.parametrize("quality", ["draft", "publish"])
def test_a_clip_joined_from_an_older_one_has_the_bytes_of_a_fresh_one(
    panels: tuple[Reference, ...], tmp_path: Path, quality: Quality
) -> None:
    provider, before = Animatic(), replace(_ask(panels), quality=quality)
    after = replace(before, board=_with_panel(5, size="close-up", move="static", frames=3))
    file = tmp_path / "before.mp4"
    file.write_bytes(moved(before))
    parts = [Footage(file, 4, 4 * number) for number in range(9)]
    parts[4] = Footage(provider.piece(after, 4), 3)
    assert provider.join(after, "key", parts).files[0].data == moved(after)


def test_boards_of_other_front_ends_are_moved_as_pictures(panels: tuple[Reference, ...]) -> None:
    flat = moved(_ask(panels, drawn_by="somebody-else"))
    assert flat[4:8] == b"ftyp"
    assert flat != moved(_ask(panels))


def test_the_same_ask_gives_the_same_bytes_in_other_processes(
    panels: tuple[Reference, ...],
) -> None:
    provider, ask = Animatic(), _ask(panels)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as workers:
        made = list(workers.map(provider.piece, [ask] * 9, range(9)))
    job = provider.join(ask, "key", [Footage(data, 4) for data in made])
    assert job.files[0].data == moved(ask)


def test_sizes_beyond_its_offer_are_refused(panels: tuple[Reference, ...]) -> None:
    with pytest.raises(Refused) as caught:
        moved(_ask(panels, width=8192))
    assert "8192" in str(caught.value)
    assert caught.value.next_step
