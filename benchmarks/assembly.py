"""Joining 50 clips of 12 seconds by copying packets, with and without sound.

    python benchmarks/assembly.py [--clips 50] [--height 1080]

Prints wall and CPU seconds, megabytes a second, and what a plain copy of the same bytes costs.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import av
import cv2
import numpy as np

from stillreel.draw.motion.encode import TICKS, Encoder
from stillreel.film.assemble import assemble
from stillreel.film.sound.nouns import RATE, Bed, Score
from stillreel.film.sound.track import record

if TYPE_CHECKING:
    from collections.abc import Callable

FPS = 24
FRAMES = 12 * FPS


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--clips", type=int, default=50)
    options.add_argument("--height", type=int, default=1080)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        clip = _clip(folder / "clip.mp4", asked.height)
        clips = [clip] * asked.clips
        seconds = asked.clips * FRAMES // FPS
        score = Score(
            seconds * RATE, 0, beds=(Bed("sea", 0, (seconds - 4) * RATE, 0.05, RATE, RATE),)
        )
        sound = folder / "sound.m4a"
        record(score, sound)
        out = folder / "film.mp4"
        megabytes = asked.clips * clip.stat().st_size / 1e6
        print(f"{asked.clips} clips of 12 s, {asked.height} lines, {megabytes:.0f} MB")
        _time("plain copy of the bytes", lambda: _copy(clips, folder / "copy.bin"), megabytes)
        _time("joined, silent", lambda: assemble(clips, None, out, ticks=TICKS), megabytes)
        _time("joined, with sound", lambda: assemble(clips, sound, out, ticks=TICKS), megabytes)
        with av.open(str(out)) as box:
            stamps = [packet.pts for packet in box.demux(video=0) if packet.pts is not None]
        steps = {two - one for one, two in pairwise(stamps)}
        print(f"frames {len(stamps)} of {asked.clips * FRAMES}, timestamp steps {steps}")


def _clip(path: Path, height: int) -> Path:
    width = height * 16 // 9
    rng = np.random.default_rng(0)
    small = rng.integers(60, 190, (height * 3 // 2 // 60 + 1, width // 60 + 1), dtype=np.uint8)
    soft = cv2.resize(small, (width, height * 3 // 2), interpolation=cv2.INTER_CUBIC)
    whole = np.asarray(soft, np.uint8)
    whole[height:] = 128
    encoder = Encoder(width, height, FPS)
    for number in range(FRAMES):
        frame = np.ascontiguousarray(np.roll(whole, 2 * number, axis=1))
        encoder.add(frame, key=number % 32 == 0)
    path.write_bytes(encoder.finish())
    return path


def _copy(clips: list[Path], out: Path) -> None:
    with out.open("wb") as stream:
        for clip in clips:
            stream.write(clip.read_bytes())


def _time(name: str, work: Callable[[], object], megabytes: float) -> None:
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"{name:<26} {wall:6.2f} s wall  {cpu:6.2f} s CPU  {megabytes / wall:6.0f} MB/s")


if __name__ == "__main__":
    main()
