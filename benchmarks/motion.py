"""What a clip costs: drawing, moving and encoding, beside x264 alone on the very same pictures.

Run `python benchmarks/motion.py` (about two minutes), or with `--json` for one document. Times are
CPU seconds of one process with one encoder thread; the machine should be otherwise idle. A
worker of a film makes hundreds of shots, so each process first moves another board, of other people
in other places, that is not counted: what is paid once a worker is in `benchmarks/film.py`.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import wraps
from importlib import import_module
from multiprocessing import get_context
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from stillreel.draw.look import named
from stillreel.draw.motion.clip import Order, pictures
from stillreel.draw.motion.encode import Encoder
from stillreel.values.scene import (
    BoardScene,
    Hair,
    Identity,
    PanelScene,
    Performer,
    Setting,
    Worn,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np

    from stillreel.draw.look import Look
    from stillreel.draw.motion.encode import Quality
    from stillreel.values.scene import Action, Facing, Move, ShotSize

P = ParamSpec("P")
R = TypeVar("R")

FPS = 24
SIZES = {"720p": (1280, 720), "1080p": (1920, 1080)}
GARDEN = Setting(
    id="garden", name="Garden", kind="garden", features=("tree", "wall", "flowers"), season="spring"
)
WINTER = GARDEN.model_copy(update={"season": "winter", "weather": "snow"})
HALL = Setting(id="castle", name="Castle", kind="hall", features=("window", "bed"), time="dusk")
GIANT = Identity(
    id="giant",
    name="the Giant",
    height_m=4.2,
    build="broad",
    presentation="masculine",
    hair=Hair(style="wild", colour="#7a4a2a", beard="full"),
    outfit=(Worn(garment="tunic", colour="#6a4a7a"), Worn(garment="boots", colour="#3a2a1c")),
)
BOY = Identity(
    id="boy",
    name="the little boy",
    age="child",
    height_m=1.05,
    outfit=(Worn(garment="shirt", colour="#d8d0b8"), Worn(garment="shorts", colour="#6a5a3a")),
)
CHILDREN = Identity(id="children", name="the children", age="child", height_m=1.2, members=5)


def _panel(
    number: int,
    setting: Setting,
    size: ShotSize,
    move: Move,
    *performers: Performer,
    line: str = "",
) -> PanelScene:
    return PanelScene(
        id=f"P{number}",
        frames=32,
        setting=setting,
        size=size,
        move=move,
        performers=performers,
        line=line,
    )


def _one(who: str, does: Action = "stand", facing: Facing = "camera", at: float = 0.0) -> Performer:
    return Performer(id=who, does=does, facing=facing, at=at, speaks=does == "talk")


BOARD = BoardScene(
    id="C01",
    title="The Selfish Giant",
    panels=(
        _panel(1, GARDEN, "extreme-wide", "crane-down"),
        _panel(2, GARDEN, "wide", "pan-left", _one("children", "play")),
        _panel(3, GARDEN, "full", "track-right", _one("giant", "walk", "right")),
        _panel(
            4,
            GARDEN,
            "medium-close-up",
            "push",
            _one("giant", "talk", "front-left"),
            line="My own garden is my own garden.",
        ),
        _panel(5, WINTER, "wide", "static"),
        _panel(6, HALL, "medium", "static", _one("giant", "look", "front-right")),
        _panel(7, GARDEN, "close-up", "push", _one("boy", "cry", "front-left")),
        _panel(
            8,
            GARDEN,
            "medium-wide",
            "orbit-left",
            _one("giant", "kneel", "right", -0.3),
            _one("boy", "stand", "left", 0.4),
        ),
        _panel(9, GARDEN, "wide", "pull", _one("boy", "wave")),
    ),
    cast=(GIANT, BOY, CHILDREN),
)
"""Nine shots of the kind a story gives: places, walks, faces that speak, weather."""
SHORE = Setting(id="shore", name="Shore", kind="sea", features=("boat", "rock"), weather="rain")
STREET = Setting(id="street", name="Street", kind="street", features=("lamp",), time="night")
WOMAN = Identity(
    id="woman",
    name="the old woman",
    age="elder",
    presentation="feminine",
    hair=Hair(style="bun", colour="#c8c8c8"),
    outfit=(Worn(garment="dress", colour="#3a5a7a"), Worn(garment="scarf", colour="#8a3a3a")),
)
BEFORE = BoardScene(
    id="C00",
    title="Before",
    panels=(
        _panel(1, SHORE, "wide", "pan-right", _one("woman", "walk", "right")),
        _panel(2, STREET, "medium", "push", _one("woman", "talk", "front-left")),
    ),
    cast=(WOMAN,),
)
"""What warms a process up: nobody and no place of it is in `BOARD`."""


@dataclass(frozen=True)
class Cost:
    """One clip at one size."""

    look: str
    size: str
    quality: str
    seconds: float
    draw: float
    """CPU seconds per second of film: composing and painting."""
    move: float
    """Camera, puppets put in place, weather."""
    encode: float
    """x264 and the container, inside the whole."""
    total: float
    alone: float
    """x264 alone on the same pictures, handed over from memory."""
    ratio: float
    peak_mb: float


class Meter:
    """Adds up the CPU seconds spent in some calls."""

    def __init__(self) -> None:
        self.spent = 0.0
        self._inside = False

    def timed(self, call: Callable[P, R]) -> Callable[P, R]:
        """Return the call with its CPU time added up; calls inside calls count once."""

        @wraps(call)
        def measured(*args: P.args, **kwargs: P.kwargs) -> R:
            if self._inside:
                return call(*args, **kwargs)
            self._inside = True
            start = time.process_time()
            try:
                return call(*args, **kwargs)
            finally:
                self.spent += time.process_time() - start
                self._inside = False

        return measured


class MeteredLook:
    """A look whose painting is timed."""

    def __init__(self, look: Look, meter: Meter) -> None:
        self.paint = meter.timed(look.paint)
        self.paint_all = meter.timed(look.paint_all)
        self.finish = meter.timed(look.finish)
        self.flatten = look.flatten
        self.reach = look.reach


def measure(look: str, size: str, quality: Quality) -> Cost:
    """Move the board once and then encode its pictures alone."""
    stage = import_module("stillreel.draw.stage.compose")
    meter = Meter()
    held = stage.compose, stage.Staged.redraw
    stage.compose, stage.Staged.redraw = (meter.timed(call) for call in held)
    width, height = SIZES[size]
    found = named(look)
    assert found is not None
    painter = MeteredLook(found, meter)
    for _ in pictures(Order(BEFORE, width, height, FPS, quality, look=found)):
        pass
    order = Order(BOARD, width, height, FPS, quality, look=painter)
    encoder = Encoder(width, height, FPS, quality)
    frames: list[tuple[bool, np.ndarray]] = []
    encode = kept = 0.0
    start = time.process_time()
    try:
        for first, frame in pictures(order):
            mark = time.process_time()
            encoder.add(frame, key=first)
            encode += time.process_time() - mark
            mark = time.process_time()
            frames.append((first, frame.copy()))
            kept += time.process_time() - mark
    finally:
        stage.compose, stage.Staged.redraw = held
    mark = time.process_time()
    encoder.finish()
    encode += time.process_time() - mark
    total = time.process_time() - start - kept
    alone = _alone(frames, width, height, quality)
    film = len(frames) / FPS
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    stored = sum(frame.nbytes for _, frame in frames) / 1e6
    return Cost(
        look,
        size,
        quality,
        film,
        meter.spent / film,
        (total - encode - meter.spent) / film,
        encode / film,
        total / film,
        alone / film,
        total / alone,
        peak - stored,
    )


def _alone(
    frames: list[tuple[bool, np.ndarray]], width: int, height: int, quality: Quality
) -> float:
    encoder = Encoder(width, height, FPS, quality)
    start = time.process_time()
    for first, frame in frames:
        encoder.add(frame, key=first)
    encoder.finish()
    return time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument("--look", action="append", help="lumen or ink; both when left out")
    parser.add_argument("--size", action="append", choices=sorted(SIZES))
    parser.add_argument("--quality", action="append", choices=("draft", "publish"))
    chosen = parser.parse_args()
    rows = [
        (look, size, quality)
        for quality in chosen.quality or ("draft",)
        for look in chosen.look or ("lumen", "ink")
        for size in chosen.size or ("720p", "1080p")
    ]
    costs: list[Cost] = []
    for row in rows:
        # peak memory is a figure of a whole process, so every row gets its own
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as fresh:
            costs.append(fresh.submit(measure, *row).result())
    if chosen.json:
        print(json.dumps({"format": 1, "costs": [asdict(cost) for cost in costs]}))
        return
    print("CPU seconds per second of film (one process, one encoder thread)")
    print("look   size   quality   draw   move  encode  total  x264 alone  ratio  peak MB")
    for cost in costs:
        print(
            f"{cost.look:6} {cost.size:6} {cost.quality:8} {cost.draw:5.2f}  {cost.move:5.2f}"
            f"  {cost.encode:6.2f}  {cost.total:5.2f}  {cost.alone:10.2f}  {cost.ratio:5.2f}"
            f"  {cost.peak_mb:7.0f}"
        )


if __name__ == "__main__":
    main()
