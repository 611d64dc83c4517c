"""The platform of open weights, on weights of a few kilobytes."""

from __future__ import annotations

import asyncio
import io
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import av
import cv2
import numpy as np
import pytest

from stillreel.errors import NotConfigured, Refused
from stillreel.providers import conformance
from stillreel.providers.ask import MotionAsk, Reference
from stillreel.providers.seam import Motion
from stillreel.shelf.diffusers.video import DiffusersVideo, _encoded, _opened, count, shown
from stillreel.values.digest import of_bytes
from stillreel.values.scene import BoardScene, PanelScene, Setting

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("torch")
pytest.importorskip("diffusers")
pytest.importorskip("transformers")
pytest.importorskip("accelerate")
pytest.importorskip("ftfy")
tinyweights = pytest.importorskip("tinyweights")
pytestmark = pytest.mark.usefixtures("one_thread_and_nothing_left_loaded")

YARD = Setting(id="yard", name="Yard", kind="open")
KINDS = {"wan": ("WanImageToVideoPipeline", 4), "ltx": ("LTX2ConditionPipeline", 8)}
OFFER = """
[[model]]
label = "tiny"
id = "{folder}"
chance = false
seconds = [1, 2]
rates = [12]
resolutions = ["small"]
sizes = [{{ resolution = "small", ratio = "2:1", pixels = [64, 32] }}]
weights = {{ pipeline = "{pipeline}", licence = "made in a test", steps = 2, frames = {step} }}
"""


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("weights")
    return {kind: getattr(tinyweights, kind)(folder / kind) for kind in KINDS}


def provider(folder: Path, weights: Path) -> DiffusersVideo:
    pipeline, step = KINDS[weights.name]
    file = folder / "diffusers-video.toml"
    file.write_text(OFFER.format(folder=weights, pipeline=pipeline, step=step), "utf-8")
    return DiffusersVideo("tiny", file)


@pytest.fixture(params=list(KINDS))
def made(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    weights: dict[str, Path],
) -> DiffusersVideo:
    return provider(tmp_path, weights[request.param])


def painted(folder: Path, number: int) -> Reference:
    file = folder / f"P{number}.png"
    picture = np.full((72, 128, 3), (number * 25, 40, 255 - number * 25), np.uint8)
    cv2.imwrite(str(file), cv2.circle(picture, (20 + number * 9, 36), 15, (0, 255, 0), -1))
    return Reference("board", f"P{number}", of_bytes(file.read_bytes()), file)


@pytest.fixture
def ask(tmp_path: Path) -> MotionAsk:
    panels = tuple(PanelScene(id=f"C01.P{n}", setting=YARD, frames=2) for n in range(1, 10))
    return MotionAsk(
        subject="C01",
        prompt="Mara turns.",
        width=120,
        height=64,
        fps=24,
        read="frames",
        seed=5,
        take=1,
        board=BoardScene(id="C01", panels=panels),
        panels=tuple(painted(tmp_path, number) for number in range(1, 10)),
        drawn_by="somebody",
    )


def moved(able: DiffusersVideo, ask: MotionAsk) -> bytes:
    return asyncio.run(able.submit(ask, "key-1")).files[0].data


@pytest.mark.parametrize("check", conformance.checks(DiffusersVideo().offer), ids=conformance.name)
def test_it_keeps_the_promises_of_the_seam(
    check: Any, made: DiffusersVideo, ask: MotionAsk
) -> None:
    assert isinstance(made, Motion)
    asyncio.run(check(conformance.Rig(make=lambda: made, ask=ask)))


def test_a_clip_has_the_size_rate_and_length_of_the_ask(
    made: DiffusersVideo, ask: MotionAsk
) -> None:
    with av.open(io.BytesIO(moved(made, ask))) as box:
        stream = box.streams.video[0]
        assert (stream.codec_context.name, stream.average_rate) == ("h264", 24)
        assert stream.time_base == Fraction(1, 24 * 512)
        frames = [frame.to_ndarray(format="bgr24") for frame in box.decode(stream)]
    assert len(frames) == 18
    assert frames[0].shape == (64, 120, 3)


def test_first_last_seed_and_words_all_reach_the_model(
    made: DiffusersVideo, ask: MotionAsk
) -> None:
    once = moved(made, ask)
    nine = ask.panels
    assert moved(made, replace(ask, seed=6)) != once
    assert moved(made, replace(ask, prompt="Mara sits down.")) != once
    assert moved(made, replace(ask, panels=(nine[8], *nine[1:]))) != once
    assert moved(made, replace(ask, panels=(*nine[:8], nine[0]))) != once
    # what lies between them is not read
    assert moved(made, replace(ask, panels=(nine[0], *nine[7:0:-1], nine[8]))) == once


def test_colours_and_shapes_survive_the_way_in_and_out(tmp_path: Path, ask: MotionAsk) -> None:
    file = tmp_path / "red.png"
    cv2.imwrite(str(file), np.full((90, 160, 3), (0, 0, 255), np.uint8))
    red = _opened(Reference("first-frame", "red", "0" * 64, file), (64, 32), "C01")
    assert red.size == (64, 32)
    assert red.getpixel((5, 5)) == (255, 0, 0)

    film = np.zeros((9, 32, 64, 3), np.float32)
    film[..., 0] = 1.0
    film[4:, ..., :] = (0.0, 0.0, 1.0)
    with av.open(io.BytesIO(_encoded(film, 12, ask))) as box:
        frames = [frame.to_ndarray(format="bgr24") for frame in box.decode(video=0)]
    seen = [tuple(int(one) for one in frame[30, 60] > 128) for frame in frames]
    assert seen == [(0, 0, 1)] * 8 + [(1, 0, 0)] * 10


def test_frames_are_ordered_by_the_models_rule() -> None:
    def ordered(frames: int, rate: int, step: int) -> int:
        panel = PanelScene(id="C01.P1", setting=YARD, frames=frames)
        board = BoardScene(id="C01", panels=(panel,))
        wanted = MotionAsk("C01", "", 128, 72, 24, "frames", 1, 1, board, (), "")
        return count(wanted, rate, step)

    assert ordered(120, 24, 4) == 121
    assert ordered(121, 24, 4) == 121
    assert ordered(122, 24, 4) == 125
    assert ordered(120, 16, 4) == 81
    assert ordered(120, 24, 8) == 121
    assert ordered(122, 25, 8) == 129


def test_a_film_shows_the_models_frames_at_its_own_rate() -> None:
    assert [shown(frame, 24, 16, 81) for frame in range(7)] == [0, 0, 1, 2, 2, 3, 4]
    assert [shown(frame, 24, 48, 97) for frame in range(4)] == [0, 2, 4, 6]
    assert shown(200, 24, 24, 121) == 120


def test_what_it_cannot_do_is_refused_before_anything_is_loaded(ask: MotionAsk) -> None:
    able = DiffusersVideo()
    with pytest.raises(Refused, match="reads frames, not grid"):
        moved(able, replace(ask, read="grid"))
    long = PanelScene(id="C01.P1", setting=YARD, frames=24 * 21)
    with pytest.raises(Refused, match="makes 20 s"):
        moved(able, replace(ask, board=BoardScene(id="C01", panels=(long,))))
    with pytest.raises(NotConfigured, match="LTX-2 Community License, about 70 GB"):
        moved(able, ask)


def test_a_model_that_reads_one_picture_is_given_one(
    tmp_path: Path, weights: dict[str, Path], ask: MotionAsk
) -> None:
    provider(tmp_path, weights["ltx"])
    text = (tmp_path / "diffusers-video.toml").read_text("utf-8")
    file = tmp_path / "one.toml"
    file.write_text(text.replace("frames = 8", "frames = 8, ends = 1"), "utf-8")
    able = DiffusersVideo("tiny", file)
    assert moved(able, ask) == moved(able, replace(ask, panels=(*ask.panels[:8], ask.panels[0])))
