"""From story to film: what a ten-minute film costs at 1080p and 720p, and the first clip.

    python benchmarks/film.py [--clips 50] [--heights 720 1080] [--workers 2]

Prints, for each height, wall and CPU seconds, how many times faster than the film plays, and the
most memory held at once. The first line is one 12-second clip from a cold start at 720p.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
from pathlib import Path

from clock import STILLREEL, run
from story import long_story

IDEA = "A girl in a red coat runs through the snow and finds a small bird under a tree.\n"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--clips", type=int, default=50)
    options.add_argument("--heights", type=int, nargs="+", default=[720, 1080])
    options.add_argument("--workers", type=int, default=2)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        _first_clip(Path(scratch))
        story = Path(scratch) / "story.md"
        story.write_text(long_story())
        for height in asked.heights:
            folder = Path(scratch) / f"film-{height}"
            command = [*STILLREEL, "make", str(story), "--out", str(folder)]
            command += ["--clips", str(asked.clips), "--height", str(height)]
            seen = run([*command, "--workers", str(asked.workers)])
            seconds = _length(folder)
            goal = {720: 4, 1080: 2}.get(height)
            print(
                f"{asked.clips} clips at {height}p: film {seconds:.0f} s, wall {seen.wall:.0f} s, "
                f"CPU {seen.cpu:.0f} s, {seconds / seen.wall:.2f}x real time"
                f"{f' (goal {goal}x)' if goal else ''}, peak {seen.peak_mb:.0f} MB (goal 1200)"
            )


def _first_clip(scratch: Path) -> None:
    times = []
    for turn in range(3):
        idea = scratch / f"idea{turn}.md"
        idea.write_text(IDEA)
        folder = scratch / f"idea-{turn}"
        command = [*STILLREEL, "make", str(idea), "--out", str(folder)]
        command += ["--clips", "1", "--height", "720", "--json"]
        times.append(_until_clip(command))
    times.sort()
    print(f"first clip at 720p from a cold start: {times[1]:.2f} s wall, median of 3 (goal 6)")


def _until_clip(command: list[str]) -> float:
    import time

    began = time.monotonic()
    found = 0.0
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as child:
        assert child.stdout is not None
        for line in child.stdout:
            event = json.loads(line)
            if event.get("stage") == "clip" and event.get("made") and not found:
                found = time.monotonic() - began
    assert child.returncode == 0
    return found


def _length(folder: Path) -> float:
    import av

    with av.open(str(folder / "out" / "film.mp4")) as film:
        stream = film.streams.video[0]
        return float(stream.duration * stream.time_base)


if __name__ == "__main__":
    main()
