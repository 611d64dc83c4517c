"""How quickly the commands answer that people call all day, on a film of 50 clips.

    python benchmarks/commands.py [--clips 50] [--height 720] [--times 5] [--keep DIR]

Prints a row a command: median CPU seconds, wall seconds and memory of several runs, and the goal.
The film itself is made first, once, into DIR (or a temporary folder).
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from clock import STILLREEL, median, repeat, run
from story import long_story


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--clips", type=int, default=50)
    options.add_argument("--height", type=int, default=720)
    options.add_argument("--times", type=int, default=5)
    options.add_argument("--keep", type=Path)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = asked.keep or Path(scratch) / "film"
        story = Path(scratch) / "story.md"
        story.write_text(long_story())
        make = [*STILLREEL, "make", str(story), "--out", str(folder)]
        make += ["--clips", str(asked.clips), "--height", str(asked.height)]
        made = run(make)
        print(f"made {asked.clips} clips: {made.wall:.0f} s wall, {made.cpu:.0f} CPU-s")
        rows = [
            ("--help", [*STILLREEL, "--help"], "0.15 CPU-s"),
            ("status", [*STILLREEL, "status", str(folder)], "0.35 CPU-s"),
            ("status --json", [*STILLREEL, "status", str(folder), "--json"], "0.35 CPU-s"),
            ("run, nothing to do", [*STILLREEL, "run", str(folder)], "0.40 CPU-s, 90 MB"),
        ]
        print(f"{'command':<24}{'CPU s':>8}{'wall s':>8}{'MB':>8}   goal")
        for name, command, goal in rows:
            seen = repeat(command, asked.times)
            print(
                f"{name:<24}{median(seen, 'cpu'):>8.3f}{median(seen, 'wall'):>8.3f}"
                f"{median(seen, 'peak_mb'):>8.0f}   {goal}"
            )
        _one_panel(folder, asked.times)


def _one_panel(folder: Path, times: int) -> None:
    board = sorted((folder / "board").glob("*.toml"))[2]
    text = board.read_text()
    sizes = ('size = "wide"', 'size = "full"', 'size = "medium"', 'size = "close-up"')
    old = next(size for size in sizes if size in text)
    seen = []
    for turn in range(times):
        new = [size for size in sizes if size != old][turn % 3]
        board.write_text(text.replace(old, new, 1))
        seen.append(run([*STILLREEL, "run", str(folder)]))
    board.write_text(text)
    print(
        f"{'run, one panel changed':<24}{median(seen, 'cpu'):>8.3f}{median(seen, 'wall'):>8.3f}"
        f"{median(seen, 'peak_mb'):>8.0f}   6 s wall at 720p"
    )


if __name__ == "__main__":
    main()
