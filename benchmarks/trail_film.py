"""The trail of a whole film: what it costs, what it adds, and whether two validators agree on it.

    python benchmarks/trail_film.py [--clips 12] [--height 720] [--keep DIR]

Makes a film without signing, then cuts the same clips again without and with it: what is between
the two is the trail's own, beside what the whole film took. Then every signed file is read by our
reader and by an independent validator (encypher-c2pa), and the film's chain is walked.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from clock import STILLREEL, median, run
from story import long_story

if TYPE_CHECKING:
    from stillreel.trail.nouns import Credential, Ingredient

TIMES = 3


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--clips", type=int, default=12)
    options.add_argument("--height", type=int, default=720)
    options.add_argument("--keep", type=Path)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["XDG_CONFIG_HOME"] = scratch
        os.environ["HOME"] = scratch
        film = asked.keep or Path(scratch) / "film"
        whole = made(film, Path(scratch), asked.clips, asked.height)
        plain = [recut(film, f"plain {at}", sign=False) for at in range(TIMES)]
        signed = [recut(film, f"signed {at}", sign=True) for at in range(TIMES)]
        first, again = max(signed), sorted(signed)[TIMES // 2]
        cut = sorted(plain)[TIMES // 2]
        print(f"the film, {asked.clips} clips at {asked.height}: {whole:.0f} CPU-s")
        print(f"cut again: {cut:.2f} CPU-s unsigned, {first:.2f} with everything signed")
        share = (first - cut) / whole
        print(f"the trail's share of the whole: {share:.1%}, goal 3 %; film alone signed again")
        print(f"  costs {again - cut:.2f} CPU-s")
        told(film, asked.clips)


def made(film: Path, scratch: Path, clips: int, height: int) -> float:
    """Make the film unsigned and return its CPU seconds."""
    story = scratch / "story.md"
    story.write_text(long_story())
    new = [*STILLREEL, "new", str(story), str(film), "--height", str(height)]
    run(new)
    toml = film / "film.toml"
    toml.write_text(toml.read_text().replace("sign = true", "sign = false"))
    run([*STILLREEL, "plan", str(film), "--clips", str(clips)])
    return run([*STILLREEL, "run", str(film)]).cpu


def recut(film: Path, label: str, *, sign: bool) -> float:
    """Cut the film again with another label on its card and return the CPU seconds."""
    toml = film / "film.toml"
    lines = toml.read_text().splitlines()
    for at, line in enumerate(lines):
        if line.startswith("sign = "):
            lines[at] = f"sign = {str(sign).lower()}"
        if line.startswith("label = "):
            lines[at] = f'label = "{label}"'
    toml.write_text("\n".join(lines) + "\n")
    return median([run([*STILLREEL, "run", str(film)])], "cpu")


def told(film: Path, clips: int) -> None:
    """Print what reading the film and everything beside it shows."""
    from encypher_c2pa import verify

    from stillreel.trail.read import read

    out = film / "out"
    files = [*sorted(out.glob("*/*.png")), *sorted(out.glob("clips/C*.mp4")), out / "film.mp4"]
    agree = 0
    for path in files:
        kind = "video/mp4" if path.suffix == ".mp4" else "image/png"
        second = verify(path, kind, telemetry=False, online=False)
        agree += (second["integrity"] == "valid") == (read(path).facts.integrity.value == "intact")
    began = time.process_time()
    found = read(out / "film.mp4")
    took = time.process_time() - began
    states = sorted(all_states(found))
    added = (out / "film.c2pa").stat().st_size
    goal = 100_000 + 15_000 * clips
    print(f"{len(files)} signed files; the independent validator agrees on {agree}")
    print(f"film: {found.manifests} manifests, chain {depth(found)} deep, states {set(states)}")
    print(f"read and verified in {took:.2f} CPU-s of this process")
    print(f"credentials in the film: {added} bytes, goal {goal}")


def all_states(one: Credential | Ingredient) -> set[str]:
    return {one.state}.union(*(all_states(part) for part in one.ingredients))


def depth(one: Credential | Ingredient) -> int:
    return 1 + max((depth(part) for part in one.ingredients), default=0)


if __name__ == "__main__":
    main()
