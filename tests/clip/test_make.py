"""Moving a board through the work it is given."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from stillreel.clip.make import asked, move, probed
from stillreel.clip.nouns import ClipSettings
from stillreel.draw.motion.encode import Encoder
from stillreel.errors import BadOutput
from stillreel.grid.nouns import Grid
from stillreel.plan.nouns import Character, ClipPlan, Panel, Place, Plan
from stillreel.values.digest import of_bytes
from stillreel.values.scene import Performer
from stillreel.values.take import StoredFile, Take

if TYPE_CHECKING:
    from pathlib import Path

    from stillreel.ledger.nouns import Score
    from stillreel.providers.ask import MotionAsk, StillAsk

PLAN = Plan(
    title="T",
    cast=(Character(id="mara", name="Mara"),),
    places=(Place(id="garden", name="Garden", kind="garden"),),
    clips=(
        ClipPlan(
            id="C01",
            title="One",
            seconds="9",
            panel=tuple(
                Panel(
                    id=f"P{n}",
                    size="wide",
                    seconds="1",
                    action="She waits.",
                    who=(Performer(id="mara"),),
                    place="garden",
                )
                for n in range(1, 10)
            ),
        ),
    ),
)


def _clip(frames: int) -> bytes:
    encoder = Encoder(64, 36, 24)
    for _ in range(frames):
        encoder.add(np.full((54, 64), 100, np.uint8))
    return encoder.finish()


class OneTake:
    """Work in memory: every clip is the same file."""

    def __init__(self, folder: Path, frames: int) -> None:
        self.folder = folder
        self.frames = frames
        self.asked: list[tuple[MotionAsk, str]] = []
        self.scores: list[Score] = []

    async def motion(self, ask: MotionAsk, provider: str, *, rival: bool = False) -> Take:
        assert not rival
        self.asked.append((ask, provider))
        file = self.keep(_clip(self.frames), "video/mp4")
        return Take("id", "clip", ask.subject, provider, "m", ask.take, (file,))

    async def still(self, ask: StillAsk, provider: str, *, rival: bool = False) -> Take:
        raise NotImplementedError

    async def compute(self, call: Any, *args: Any, **kwargs: Any) -> Any:
        return call(*args, **kwargs)

    def recorded(self, take_id: str) -> Take | None:
        raise NotImplementedError

    def enter(self, take: Take, message: str) -> None:
        raise NotImplementedError

    def keep(self, data: bytes, media_type: str, role: str = "main") -> StoredFile:
        file = StoredFile(of_bytes(data), media_type, len(data), role)
        self.path(file.digest).write_bytes(data)
        return file

    def path(self, digest: str) -> Path:
        return self.folder / digest

    def noted(self, take: Take) -> dict[str, Score]:
        return {score.kind: score for score in self.scores if score.take_id == take.id}

    def note(self, score: Score) -> None:
        self.scores.append(score)

    def attach(self, take: Take, files: tuple[StoredFile, ...]) -> Take:
        raise NotImplementedError


def _moved(folder: Path, frames: int) -> tuple[Any, OneTake]:
    work = OneTake(folder, frames)
    panels = tuple(work.keep(bytes([n]), "image/png", f"panel-{n}") for n in range(1, 10))
    board = Take("b", "grid", "C01", "ink", "m", 1, (panels[0],))
    grid = Grid("C01", board, panels, ((0, 0, 1, 1),) * 9, 1.0)
    done = asyncio.run(
        move(
            asked(
                PLAN,
                PLAN.clips[0],
                grid,
                work,
                prompt="words",
                number=1,
                settings=ClipSettings(height=36),
            ),
            work,
            platform="mover",
        )
    )
    return done, work


def test_a_board_is_handed_over_with_its_panels_and_who_drew_it(tmp_path: Path) -> None:
    done, work = _moved(tmp_path, 216)
    ((ask, platform),) = work.asked
    assert platform == "mover"
    assert ask.drawn_by == "ink"
    assert [reference.label for reference in ask.panels][:2] == ["panel-1", "panel-2"]
    assert done.problems == ()
    assert done.panels == (24,) * 9
    assert done.frames == 216


def test_a_short_clip_comes_back_with_its_problem(tmp_path: Path) -> None:
    done, _ = _moved(tmp_path, 100)
    assert [problem.severity for problem in done.problems] == ["error"]


def test_what_is_no_clip_is_told(tmp_path: Path) -> None:
    file = tmp_path / "x.mp4"
    file.write_bytes(b"no clip at all")
    with pytest.raises(BadOutput):
        probed(file)
