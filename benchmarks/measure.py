"""Every figure of measuring, one line each: what was seen, what it should be, met or missed.

    python benchmarks/measure.py [--only page people ...] [--folder VISION_PUBLIC]

The labelled pictures and clips are real ones from public models, and lie beside the project as
no part of it. Rooms: page, people, likeness, clip, contest, tiers.
"""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from pathlib import Path

ROOMS = ("page", "people", "likeness", "clip", "contest", "tiers")
LABELLED = Path(__file__).parents[2] / "shared" / "data" / "vision-public"


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--only", nargs="*", choices=ROOMS, default=ROOMS)
    options.add_argument("--folder", type=Path, default=LABELLED)
    asked = options.parse_args()
    if not (asked.folder / "labels.json").is_file():
        print(f"no labelled pictures in {asked.folder}")
        return 1
    missed = 0
    for room in asked.only:
        for figure, value, goal, met in import_module(f"measuring.{room}").rows(asked.folder):
            missed += not met
            print(f"{room:<9} {figure:<58} {value:>16}   {goal:<16} {'met' if met else 'MISSED'}")
            sys.stdout.flush()
    print(f"{missed} missed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
