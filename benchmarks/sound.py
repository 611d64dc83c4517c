"""The sound of a ten-minute film: what each step costs, and what an independent meter says of it.

    python benchmarks/sound.py [--clips 50] [--keep FILE.m4a]

The last line compares with pyloudnorm when that is installed (`pip install pyloudnorm` into a
scratch environment); it is no dependency of the program.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import av
import numpy as np
from story import long_story

from stillreel.brief.read import read
from stillreel.film.ask import cut_list
from stillreel.film.nouns import ClipFile, CutSettings
from stillreel.film.sound.mix import play
from stillreel.film.sound.nouns import RATE
from stillreel.film.sound.score import write_score
from stillreel.film.sound.track import record
from stillreel.plan.make import write
from stillreel.plan.nouns import PlanSettings
from stillreel.plan.scenes import panel_frames

if TYPE_CHECKING:
    from collections.abc import Callable

    from stillreel.film.sound.nouns import Score

Made = TypeVar("Made")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--clips", type=int, default=50)
    options.add_argument("--keep", type=Path)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        out = asked.keep or folder / "sound.m4a"
        score = _score(asked.clips, folder)
        print(
            f"{score.samples / RATE:.0f} s: {len(score.beds)} beds, {len(score.hits)} effects, "
            f"{len(score.tones)} notes, {len(score.chords)} chords"
        )
        _time("synthesis and mix", lambda: sum(block.shape[1] for block in play(score)))
        told = _time("whole track, written", lambda: record(score, out, folder))
        _time("the same again", lambda: record(score, out, folder))
        _time("one effect softer", lambda: record(_softer(score), out, folder))
        if told is not None:
            print(f"our meter: {told.integrated:.2f} LUFS, {told.true_peak:.2f} dBTP")
        print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
        _second_opinion(out)


def _score(clips: int, folder: Path) -> Score:
    story = folder / "story.md"
    story.write_text(long_story())
    plan = write(read(story), PlanSettings(clips=clips))
    settings = CutSettings(folder, folder)
    files = [ClipFile(clip.id, story, sum(panel_frames(plan, clip))) for clip in plan.clips]
    return write_score(plan, cut_list(plan, files, settings), settings)


def _softer(score: Score) -> Score:
    place = len(score.hits) // 2
    hit = replace(score.hits[place], gain=score.hits[place].gain * 0.8)
    return replace(score, hits=(*score.hits[:place], hit, *score.hits[place + 1 :]))


def _time(name: str, work: Callable[[], Made]) -> Made:
    cpu = time.process_time()
    made = work()
    print(f"{name:<26} {time.process_time() - cpu:6.2f} s CPU")
    return made


def _second_opinion(path: Path) -> None:
    try:
        import pyloudnorm
    except ImportError:
        print("pyloudnorm is not installed: no second opinion")
        return
    with av.open(str(path)) as box:
        sound = np.concatenate([frame.to_ndarray() for frame in box.decode(audio=0)], axis=1)
    heard = pyloudnorm.Meter(RATE).integrated_loudness(sound.T.astype(np.float64))
    print(
        f"pyloudnorm on the decoded AAC: {heard:.2f} LUFS, sample peak "
        f"{20 * np.log10(np.abs(sound).max()):.2f} dBFS"
    )


if __name__ == "__main__":
    main()
