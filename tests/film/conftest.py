"""A small plan and tiny clips in the house form, made once for the whole room."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from stillreel.draw.motion.encode import Encoder
from stillreel.film.nouns import ClipFile, CutSettings, TakeFile
from stillreel.plan.nouns import Character, ClipPlan, Line, Panel, Place, Plan
from stillreel.values.scene import Performer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WIDTH, HEIGHT, FPS, FRAMES = 96, 54, 24, 240
SPOKEN = "My own garden is my own garden, said the Giant; any one can understand that."


def moving_clip(
    path: Path, seed: int, frames: int = FRAMES, size: tuple[int, int] = (WIDTH, HEIGHT)
) -> Path:
    """Write a clip of sliding blocks; every frame differs from every other."""
    rng = np.random.default_rng(seed)
    blocks = rng.integers(40, 220, (size[1] * 3 // 2 // 3 + 1, size[0] // 3 + 1), dtype=np.uint8)
    base = np.kron(blocks, np.ones((3, 3), np.uint8))[: size[1] * 3 // 2, : size[0]]
    encoder = Encoder(*size, FPS)
    for number in range(frames):
        frame = np.ascontiguousarray(np.roll(base, number, axis=1))
        encoder.add(frame, key=number % 30 == 0)
    path.write_bytes(encoder.finish())
    return path


def make_plan(clips: int = 3) -> Plan:
    """A walled garden in spring, a castle hall, a snowy garden: nine panels each."""
    moments = (
        ("garden", "spring", "clear", "play", "happy", ("laughter",)),
        ("castle", "autumn", "clear", "walk", "angry", ("footsteps", "door")),
        ("garden", "winter", "snow", "sit", "sad", ("wind",)),
    )
    written: list[ClipPlan] = []
    for number in range(clips):
        place, season, weather, does, emotion, sound = moments[number % 3]
        panels = tuple(
            Panel(
                id=f"P{one}",
                size="wide" if one % 2 else "close-up",
                seconds="1.111" if one < 9 else "1.112",
                action=f"The giant and the <wall>, part {one}.",
                who=(Performer(id="giant", does=does, emotion=emotion, at=-0.5),),
                place=place,
                season=season,
                weather=weather,
                sound=sound if one == 3 else (),
                line=Line(who="giant", text=SPOKEN) if one == 5 else None,
            )
            for one in range(1, 10)
        )
        written.append(
            ClipPlan(
                id=f"C{number + 1:02d}", title=f"Part {number + 1}", seconds="10", panel=panels
            )
        )
    return Plan(
        title="The Selfish Giant",
        author="Oscar Wilde",
        cast=(Character(id="giant", name="The Giant", height_m=4.0, presentation="masculine"),),
        places=(
            Place(id="garden", name="the garden", kind="garden", features=("wall", "tree")),
            Place(id="castle", name="the castle", kind="castle"),
        ),
        clips=tuple(written),
    )


@pytest.fixture(scope="session")
def clip_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clips")
    for number in range(3):
        moving_clip(folder / f"C{number + 1:02d}.mp4", number)
    moving_clip(folder / "C02-other.mp4", 9)
    return folder


@pytest.fixture(scope="session")
def plan() -> Plan:
    return make_plan()


@pytest.fixture(scope="session")
def clips(plan: Plan, clip_folder: Path) -> tuple[ClipFile, ...]:
    found = [ClipFile(clip.id, clip_folder / f"{clip.id}.mp4", FRAMES) for clip in plan.clips]
    second = found[1]
    takes = (
        TakeFile("a1", second.path, "animatic"),
        TakeFile("b2", clip_folder / "C02-other.mp4", "animatic"),
    )
    found[1] = ClipFile(second.id, second.path, FRAMES, takes=takes, chosen="a1")
    return tuple(found)


@pytest.fixture
def settings(tmp_path: Path) -> CutSettings:
    return CutSettings(tmp_path / "out", tmp_path / "cache", WIDTH, HEIGHT)


@pytest.fixture
def silent(tmp_path: Path) -> CutSettings:
    return CutSettings(
        tmp_path / "out", tmp_path / "cache", WIDTH, HEIGHT, sound=False, music=False
    )


@pytest.fixture
def make_clip() -> Callable[..., Path]:
    return moving_clip
