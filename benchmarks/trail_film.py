"""The trail of a whole film: what it costs, what it adds, and whether two validators agree on it.

    python benchmarks/trail_film.py [--clips 12] [--height 720] [--times 3] [--keep DIR]

Makes the same film without and with signing, turn by turn, and compares the CPU seconds. Then
every signed file is read by our reader and by an independent validator (encypher-c2pa), and the
film's chain is walked.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from clock import STILLREEL, Account, median, run
from story import long_story

if TYPE_CHECKING:
    from stillreel.trail.nouns import Credential, Ingredient


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--clips", type=int, default=12)
    options.add_argument("--height", type=int, default=720)
    options.add_argument("--times", type=int, default=3)
    options.add_argument("--keep", type=Path)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["XDG_CONFIG_HOME"] = scratch
        os.environ["HOME"] = scratch
        film = asked.keep or Path(scratch) / "film"
        plain, signed = [], []
        for at in range(asked.times):
            plain.append(made(Path(scratch) / f"plain-{at}", asked, sign=False))
            target = film if at == asked.times - 1 else Path(scratch) / f"signed-{at}"
            signed.append(made(target, asked, sign=True))
        without, whole = median(plain, "cpu"), median(signed, "cpu")
        print(f"{asked.clips} clips at {asked.height} lines")
        print(f"{without:.1f} CPU-s unsigned, {whole:.1f} signed")
        print(f"the trail's share: {(whole - without) / without:.1%}, goal 3 %")
        told(film, asked.clips)


def made(film: Path, asked: argparse.Namespace, *, sign: bool) -> Account:
    """Make the film from the beginning."""
    story = film.parent / "story.md"
    story.write_text(long_story())
    run([*STILLREEL, "new", str(story), str(film), "--height", str(asked.height)])
    toml = film / "film.toml"
    toml.write_text(toml.read_text().replace("sign = true", f"sign = {str(sign).lower()}"))
    run([*STILLREEL, "plan", str(film), "--clips", str(asked.clips)])
    return run([*STILLREEL, "run", str(film)])


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
