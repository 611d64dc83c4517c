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
from pathlib import Path

import av
import numpy as np
from story import long_story

from stillreel.film.ask import cut_list
from stillreel.film.nouns import ClipFile, CutSettings
from stillreel.film.sound.loudness import Limiter, Meter, glided
from stillreel.film.sound.mix import play
from stillreel.film.sound.nouns import RATE
from stillreel.film.sound.score import write_score
from stillreel.film.sound.track import Coder, record
from stillreel.plan.scenes import panel_frames


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
        _steps(score, folder)
        cpu = time.process_time()
        told = record(score, out)
        print(f"{'whole track, written':<26} {time.process_time() - cpu:6.2f} s CPU")
        if told is not None:
            print(
                f"our meter: {told.integrated:.2f} LUFS, {told.true_peak:.2f} dBTP, "
                f"{told.range:.1f} LU range"
            )
        print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
        _second_opinion(out)


def _score(clips, folder):
    from stillreel.brief.make import read
    from stillreel.plan.make import write

    story = folder / "story.md"
    story.write_text(long_story())
    plan = write(read(story), clips=clips)
    settings = CutSettings(folder, folder)
    files = [ClipFile(clip.id, story, sum(panel_frames(plan, clip))) for clip in plan.clips]
    return write_score(plan, cut_list(plan, files, settings), settings)


def _steps(score, folder):
    blocks = []

    def mixed():
        for block in play(score):
            blocks.append(block.astype(np.float16))

    _time("synthesis and mix", mixed)

    def metered(peaks):
        meter = Meter(peaks=peaks)
        for block in blocks:
            meter.feed(block.astype(np.float32))

    _time("loudness", lambda: metered(False))
    _time("loudness and true peak", lambda: metered(True))

    def limited():
        limiter = Limiter()
        wanted = [limiter.wanted(block.astype(np.float32), 4.0) for block in blocks]
        gains = limiter.glide(np.concatenate(wanted))
        for number, block in enumerate(blocks):
            block.astype(np.float32) * glided(gains, number * RATE, block.shape[1])

    _time("limiter", limited)

    def coded():
        with Coder(folder / "coded.m4a") as coder:
            for block in blocks:
                coder.add(block.astype(np.float32))

    _time("AAC", coded)


def _time(name, work):
    cpu = time.process_time()
    work()
    print(f"{name:<26} {time.process_time() - cpu:6.2f} s CPU")


def _second_opinion(path):
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
