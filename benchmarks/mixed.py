"""A film of 40 clips, bought of several vendors at once while they misbehave: is the bill right?

    python benchmarks/mixed.py [--clips 40] [--pace 120] [--sheets gpt-image nano-banana]
                               [--platforms ark fal replicate runway] [--seed 1] [--no-faults]

Rehearses the film against the stand-ins, their faults on, and holds the ledger against their meter.
Prints the counts and how the film ended; exits with 1 where a cent or a job does not agree.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from clock import STILLREEL
from story import long_story

FAULTS = (
    *("openai/busy/2", "openai/overload", "gemini/busy/2", "gemini/slow", "ark/drop-after/2"),
    *("ark/busy/3", "ark/slow/2", "ark/fail/2", "ark/wrong-size", "ark/unknown-status/3"),
    *("replicate/busy/3", "replicate/drop-after", "replicate/fail", "replicate/slow"),
    *("runway/drop-after", "runway/busy/2", "runway/fail", "runway/unknown-status/2"),
    *("fal/busy/2", "fal/fail", "fal/slow"),
)
"""What goes wrong: lost answers only with vendors that can be asked for the job again."""


def main() -> int:
    """Rehearse, print, compare."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--clips", type=int, default=40)
    words.add_argument("--pace", type=float, default=120)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--sheets", nargs="+", default=["gpt-image", "nano-banana"])
    words.add_argument("--platforms", nargs="+", default=["ark", "fal", "replicate", "runway"])
    words.add_argument("--no-faults", action="store_true")
    chosen = words.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        film = _film(Path(scratch), chosen)
        faults = [] if chosen.no_faults else [w for one in FAULTS for w in ("--fault", one)]
        pace = ["--pace", str(chosen.pace), "--seed", str(chosen.seed)]
        began = time.monotonic()
        done = subprocess.run(
            [*STILLREEL, "rehearse", str(film), *pace, "--json", *faults],
            capture_output=True,
            text=True,
            check=False,
        )
        wall = time.monotonic() - began
    if not done.stdout.strip():
        sys.stderr.write(done.stderr)
        return 1
    told = json.loads(done.stdout.splitlines()[-1])
    return _report(told, done.returncode, wall, chosen.clips)


def _film(scratch: Path, chosen: argparse.Namespace) -> Path:
    story, film = scratch / "story.md", scratch / "film"
    story.write_text(long_story())
    subprocess.run([*STILLREEL, "new", str(story), str(film), "--height", "480"], check=True)
    toml = film / "film.toml"
    text = toml.read_text()
    for old, new in (
        ('sheets = ["lumen", "ink"]', f"sheets = {json.dumps(chosen.sheets)}"),
        ('clips = ["animatic"]', f"clips = {json.dumps(chosen.platforms)}"),
        ('ceiling_usd = "0.00"', 'ceiling_usd = "400.00"'),
    ):
        if old not in text:
            raise SystemExit(f"film.toml has no {old}")
        text = text.replace(old, new)
    toml.write_text(text)
    subprocess.run([*STILLREEL, "plan", str(film), "--clips", str(chosen.clips)], check=True)
    return film


def _report(told: dict[str, object], code: int, wall: float, clips: int) -> int:
    keys = ("clips", "submits", "billed", "duplicates", "lost", "unknown")
    keys += ("spent_usd", "billed_usd", "finish_s", "withheld", "failed")
    for key in keys:
        sys.stdout.write(f"{key:<12}{told.get(key, told)}\n")
    sys.stdout.write(f"exit code   {code}, {wall:.0f} s wall\n")
    right = told.get("spent_usd") == told.get("billed_usd") and told.get("clips") == clips
    right = right and not any(told.get(key) for key in ("duplicates", "lost", "unknown"))
    sys.stdout.write("the ledger and the meter agree\n" if right else "they do NOT agree\n")
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
