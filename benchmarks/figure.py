"""What one drawing of a body costs, at the sizes at which films show bodies.

Run `python benchmarks/figure.py` (about half a minute), or with `--json` for one document. Times
are CPU milliseconds of one process, medians over several rounds of all bodies; `pose` is a body
seen for the first time, `blink` the same pose with other lids and another mouth, `body` the
measures alone. The machine should be otherwise idle.
"""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import asdict, dataclass
from functools import partial
from statistics import fmean, median
from typing import TYPE_CHECKING

from stillreel.draw import figure
from stillreel.draw.lens import Camera
from stillreel.values.scene import Hair, Identity, Mark, Worn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from stillreel.values.scene import Action

TALL = (120, 300, 700, 1500)
SETS: dict[str, tuple[Action, ...]] = {
    "standing": ("stand", "look", "talk", "point"),
    "moving": ("walk", "run", "dance"),
    "low": ("sit", "kneel", "lie"),
}
PEOPLE = (
    Identity(
        id="mara",
        name="Mara",
        presentation="feminine",
        hair=Hair(style="bob"),
        outfit=(
            Worn(garment="shirt", colour="#d8d0b8"),
            Worn(garment="trousers", colour="#405070"),
            Worn(garment="jacket", colour="#a04030"),
            Worn(garment="boots", colour="#3a2a1c"),
        ),
        marks=(Mark(kind="tattoo", where="cheek", side="left"),),
    ),
    Identity(
        id="boy",
        name="the boy",
        age="child",
        height_m=1.05,
        outfit=(
            Worn(garment="shirt", colour="#d8d0b8"),
            Worn(garment="shorts", colour="#6a5a3a"),
        ),
    ),
    Identity(
        id="giant",
        name="the Giant",
        height_m=4.2,
        build="broad",
        presentation="masculine",
        hair=Hair(style="wild", beard="full"),
        outfit=(Worn(garment="tunic", colour="#6a4a7a"), Worn(garment="boots", colour="#3a2a1c")),
    ),
    Identity(
        id="girl",
        name="the girl",
        age="child",
        height_m=1.2,
        presentation="feminine",
        hair=Hair(style="braids"),
        outfit=(Worn(garment="dress", colour="#c05060"),),
    ),
)
ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU milliseconds at one size."""

    tall: int
    """Pixels the standing body is tall in a 1920 by 1080 frame."""
    standing: float
    moving: float
    low: float
    pose: float
    """Mean of all actions."""
    blink: float
    body: float


def _camera(height: float, tall: int) -> Camera:
    focal, width = 50.0, 1920
    away = focal / 36 * width * height / tall
    return Camera((0.3, height * 0.55, away), (0, height * 0.5, 0), focal, width, 1080)


def _took(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def _phases(tall: int) -> Iterator[float]:
    """Yield phases that never come again, so that no pose is remembered."""
    at = tall / 1e5
    while True:
        at = (at + 0.0381966) % 1.0
        yield at


def measure(tall: int, rounds: int = ROUNDS) -> Cost:
    """Return what bodies of one size cost."""
    phases = _phases(tall)
    poses: dict[str, list[float]] = {name: [] for name in SETS}
    blinks: list[float] = []
    bodies: list[float] = []
    for name, actions in SETS.items():
        for action in actions:
            for turn, who in enumerate(PEOPLE):
                lens = _camera(who.height_m, tall)
                times: list[list[float]] = [[], [], []]
                for k in range(rounds):
                    phase = next(phases)

                    def draw(
                        who: Identity = who,
                        lens: Camera = lens,
                        action: Action = action,
                        phase: float = phase,
                        heading: float = -60.0 + 55.0 * turn + 20.0 * k,
                        blink: float = 0.0,
                    ) -> object:
                        return figure.draw(
                            who, lens, action=action, phase=phase, heading=heading,
                            blink=blink, mouth=blink / 2,
                        )  # fmt: skip

                    times[0].append(_took(draw))
                    times[1].append(_took(lambda draw=draw: draw(blink=0.7)))
                    times[2].append(_took(partial(figure.body, who, action, phase)))
                poses[name].append(median(times[0]))
                blinks.append(median(times[1]))
                bodies.append(median(times[2]))
    means = {name: fmean(found) for name, found in poses.items()}
    every = fmean([took for found in poses.values() for took in found])
    return Cost(tall, **means, pose=every, blink=fmean(blinks), body=fmean(bodies))


def main() -> None:
    """Measure and print."""
    import cv2

    cv2.setNumThreads(1)
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one document")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    chosen = parser.parse_args()
    measure(300, 1)
    costs = [measure(tall, chosen.rounds) for tall in TALL]
    if chosen.json:
        print(json.dumps({"format": 1, "unit": "CPU ms", "costs": [asdict(c) for c in costs]}))
        return
    print("  tall  standing  moving     low    pose   blink    body   (CPU ms)")
    for c in costs:
        print(
            f"{c.tall:6d}{c.standing:10.1f}{c.moving:8.1f}{c.low:8.1f}{c.pose:8.1f}"
            f"{c.blink:8.2f}{c.body:8.2f}"
        )


if __name__ == "__main__":
    main()
