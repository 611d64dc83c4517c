"""Does the mark in a film's pixels come back after what is done to films, and never by itself?

    python benchmarks/film_mark.py                       (about twenty minutes on one core)
    python benchmarks/film_mark.py --films 2 --unmarked 20

Ten animatics of 12 seconds, 1920x1080, are drawn here: nine moving shots each, other places,
people, weather and looks in every one. Each is marked with another number in the house's own
quality, then decoded, changed by FFmpeg's filters and encoded again by x264 (CRF 28) or libvpx.
Folders of other films can be named with `--clips`; their films join in as they are.

The unmarked clips are cut at random from the same films before they are marked, 1 to 4 seconds
each, and each is cropped, sized, turned, mirrored, softened and changed in contrast at random, then
read as luma without another encode.
"""

from __future__ import annotations

import argparse
import random
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, get_args

import av
import av.filter
import cv2
import numpy as np

from stillreel.draw.look import named
from stillreel.draw.motion.clip import Order, animate
from stillreel.trail.mark.film import mark_film
from stillreel.trail.mark.nouns import BITS, STRENGTH, Mark
from stillreel.trail.mark.read import read
from stillreel.trail.mark.write import writer
from stillreel.values.scene import (
    Action,
    BoardScene,
    Facing,
    Hair,
    HairStyle,
    Identity,
    Move,
    PanelScene,
    Performer,
    PlaceKind,
    Setting,
    ShotSize,
    TimeOfDay,
    Weather,
    Worn,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from stillreel.trail.mark.nouns import Reading

    Luma = NDArray[np.uint8]

WIDTH, HEIGHT, FPS = 1920, 1080, 24
COLOURS = ("#7a4a2a", "#3a5a7a", "#8a3a3a", "#d8d0b8", "#4a6a3a", "#2a2a34", "#caa04a")
SMALL = (640, 360)
"""Size at which unmarked films are held in memory."""
HELD_EVERY = 3
"""Frames of a film to one that is held."""


@dataclass(frozen=True)
class Change:
    """One thing that is done to a marked film."""

    name: str
    filters: tuple[tuple[str, str], ...] = ()
    codec: str = "libx264"
    needed: bool = True
    """Whether it must be survived; the others are a bonus."""


SMALLER = ("scale", "w=trunc(iw/3)*2:h=trunc(ih/3)*2")
HALF = ("scale", "w=trunc(iw/4)*2:h=trunc(ih/4)*2")
LIVELIER = "y=clip((val-126)*1.2+134,16,235):" + ":".join(
    f"{plane}=clip((val-128)*1.3+128,16,240)" for plane in "uv"
)
CHANGES = (
    Change("CRF 28"),
    Change("two thirds (720p)", (SMALLER,)),
    Change("crop 10 %", (("crop", "trunc(iw*0.45)*2:trunc(ih*0.45)*2"),)),
    Change(
        "letterbox",
        (SMALLER, ("pad", "max(iw\\,ih):max(ih\\,trunc(iw*3/8)*2):(ow-iw)/2:(oh-ih)/2:black")),
    ),
    Change("9:16 crop", (("crop", "trunc(min(iw\\,ih*9/16)/2)*2:ih"),)),
    Change("VP9", codec="libvpx-vp9"),
    Change("contrast, saturation", (SMALLER, ("lutyuv", LIVELIER))),
    Change("one third (360p)", (("scale", "w=trunc(iw/6)*2:h=trunc(ih/6)*2"),), needed=False),
    Change("half, mirrored", (HALF, ("hflip", "")), needed=False),
    Change("half, turned 2 degrees", (HALF, ("rotate", "a=2*PI/180")), needed=False),
)
ENCODERS = {
    "libx264": {"preset": "veryfast", "crf": "28", "threads": "1"},
    "libvpx-vp9": {"crf": "36", "b": "0", "deadline": "realtime", "cpu-used": "7", "threads": "1"},
}


@dataclass
class Row:
    """What became of one change over all films."""

    name: str
    needed: bool
    ids: int = 0
    films: int = 0
    bits: int = 0
    scores: list[float] = field(default_factory=list)
    margins: list[float] = field(default_factory=list)

    def add(self, mark: Mark, reading: Reading) -> None:
        self.films += 1
        self.ids += reading.id == mark.id
        self.bits += sum(a == b for a, b in zip(mark.bits, reading.bits, strict=False))
        self.scores.append(reading.score)
        self.margins.append(reading.margin)

    def __str__(self) -> str:
        return (
            f"{self.name:22} {'' if self.needed else 'bonus':6}{self.ids:3}/{self.films:<4}"
            f"{self.bits / self.films / BITS:8.1%}   {min(self.scores):5.1f} "
            f"{np.median(self.scores):5.1f}    {min(self.margins):4.1f}"
        )


def board(number: int) -> BoardScene:
    """Return nine shots of 32 frames that belong to film `number` alone."""
    draw = random.Random(f"film mark {number}")
    cast = tuple(
        Identity(
            id=f"person-{index}",
            name=f"Person {index}",
            height_m=draw.uniform(1.5, 1.95),
            hair=Hair(style=draw.choice(get_args(HairStyle)), colour=draw.choice(COLOURS)),
            outfit=(
                Worn(garment="coat", colour=draw.choice(COLOURS)),
                Worn(garment="trousers", colour=draw.choice(COLOURS)),
            ),
        )
        for index in range(2)
    )
    places = tuple(
        Setting(
            id=f"place-{index}",
            name=f"Place {index}",
            kind=draw.choice(get_args(PlaceKind)),
            time=draw.choice(get_args(TimeOfDay)),
            weather=draw.choice(get_args(Weather)),
        )
        for index in range(3)
    )
    moves = [move for move in get_args(Move) if move != "static"]
    panels = tuple(
        PanelScene(
            id=f"P{index + 1}",
            size=draw.choice(get_args(ShotSize)[:7]),
            move=draw.choice(moves),
            setting=places[index // 3],
            performers=tuple(
                Performer(
                    id=one.id,
                    does=draw.choice(get_args(Action)[:6]),
                    facing=draw.choice(get_args(Facing)),
                    at=at,
                )
                for one, at in zip(cast[: draw.randint(0, 2)], (-0.4, 0.4), strict=False)
            ),
        )
        for index in range(9)
    )
    return BoardScene(id=f"C{number:02}", panels=panels, cast=cast)


def drawn(number: int, folder: Path) -> Path:
    """Draw film `number` as the embedded animatic does."""
    look = named(("lumen", "ink")[number % 2])
    path = folder / f"film-{number:02}.mp4"
    path.write_bytes(animate(Order(board(number), WIDTH, HEIGHT, FPS, look=look)))
    return path


def lumas(path: Path, every: int = 1) -> Iterator[Luma]:
    """Yield the luma of every `every`th frame."""
    with av.open(str(path)) as box:
        stream = box.streams.video[0]
        stream.codec_context.thread_count = 1
        for index, frame in enumerate(box.decode(stream)):
            if index % every == 0:
                yield np.ascontiguousarray(frame.to_ndarray()[: frame.height])


def decibels(error: float) -> float:
    return float(10 * np.log10(255**2 / error))


def fidelity(source: Path, mark: Mark, written: Path) -> tuple[float, float]:
    """Return the PSNR of the luma over the film: of the mark alone, and with the encoder's loss."""
    alone: list[float] = []
    whole: list[float] = []
    write = None
    for luma, coded in zip(lumas(source), lumas(written), strict=True):
        write = write or writer(mark, luma.shape[1], luma.shape[0])
        marked = luma.copy()
        write(marked)
        alone.append(cv2.norm(marked, luma, cv2.NORM_L2SQR) / luma.size)
        whole.append(cv2.norm(coded, luma, cv2.NORM_L2SQR) / luma.size)
    return decibels(float(np.mean(alone))), decibels(float(np.mean(whole)))


class Changed:
    """A film that is changed and encoded again while it is decoded."""

    def __init__(self, change: Change, source: av.VideoStream, path: Path) -> None:
        self.path = path
        self._graph = av.filter.Graph()
        steps = [
            self._graph.add_buffer(template=source),
            *(self._graph.add(name, told) for name, told in change.filters),
            self._graph.add("format", "yuv420p"),
            self._graph.add("buffersink"),
        ]
        self._graph.link_nodes(*steps).configure()
        self._box = av.open(str(path), "w")
        self._stream = self._box.add_stream(
            change.codec, rate=source.average_rate, options=ENCODERS[change.codec]
        )
        self._stream.pix_fmt = "yuv420p"
        self._fresh = True

    def add(self, frame: av.VideoFrame) -> None:
        self._graph.push(frame)
        made = self._graph.pull()
        if self._fresh:
            self._stream.width, self._stream.height = made.width, made.height
            self._stream.time_base = made.time_base
            self._fresh = False
        made.pict_type = av.video.frame.PictureType.NONE
        self._box.mux(self._stream.encode(made))

    def close(self) -> None:
        self._box.mux(self._stream.encode(None))
        self._box.close()


def all_changed(marked: Path, folder: Path) -> list[Path]:
    """Decode a film once and write every change of it."""
    with ExitStack() as stack:
        box = stack.enter_context(av.open(str(marked)))
        stream = box.streams.video[0]
        stream.codec_context.thread_count = 1
        outs = [
            Changed(change, stream, folder / f"{number}.mkv")
            for number, change in enumerate(CHANGES)
        ]
        for frame in box.decode(stream):
            for out in outs:
                out.add(frame)
        for out in outs:
            out.close()
    return [out.path for out in outs]


def survival(films: Sequence[Path], strength: float, folder: Path) -> list[Row]:
    rows = [Row("as written", needed=True), *(Row(c.name, c.needed) for c in CHANGES)]
    print("film                          PSNR: mark  with encoder   to mark a frame   ids right")
    for number, film in enumerate(films):
        mark = Mark(random.Random(f"id {number}").getrandbits(24), strength)
        marked = folder / "marked.mp4"
        start = time.process_time()
        frames = mark_film(film, marked, mark)
        spent = (time.process_time() - start) / frames * 1000
        readings = [read(path) for path in (marked, *all_changed(marked, folder))]
        for row, reading in zip(rows, readings, strict=True):
            row.add(mark, reading)
        right = sum(reading.id == mark.id for reading in readings)
        alone, whole = fidelity(film, mark, marked)
        print(
            f"{film.name[-28:]:28}  {alone:7.2f} dB    {whole:7.2f} dB      {spent:7.1f} ms      "
            f"{right}/{len(readings)}",
            flush=True,
        )
    print(f"\n{'change':22} {'':6}id right bits right  score: least, median   least margin")
    print(*rows, sep="\n", flush=True)
    return rows


@lru_cache(maxsize=64)
def held(path: Path) -> Luma:
    """Return some frames of an unmarked film, small, (n, height, width)."""
    return np.stack(
        [
            cv2.resize(
                luma,
                SMALL if luma.shape[1] > luma.shape[0] else SMALL[::-1],
                interpolation=cv2.INTER_AREA,
            )
            for luma in lumas(path, HELD_EVERY)
        ]
    )


def varied(frames: Luma, draw: random.Random) -> list[Luma]:
    """Cut 1 to 4 seconds out and change them in a way that no other clip is changed."""
    count = min(len(frames), draw.randint(8, 32))
    first = draw.randint(0, len(frames) - count)
    height, width = frames.shape[1:]
    side = draw.uniform(0.45, 1.0)
    wide, high = int(width * side), int(height * min(1.0, side * draw.uniform(0.8, 1.25)))
    left, top = draw.randint(0, width - wide), draw.randint(0, height - high)
    size = draw.uniform(0.7, 1.4)
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), draw.uniform(-3, 3), 1.0) * size
    if draw.random() < 0.5:
        turn = turn @ np.array([[-1, 0, wide], [0, 1, 0], [0, 0, 1]], dtype=np.float64)
    gain, lift, soft = draw.uniform(0.7, 1.3), draw.uniform(-20, 20), draw.uniform(0.3, 1.0)
    made: list[Luma] = []
    for frame in frames[first : first + count]:
        cut = np.ascontiguousarray(frame[top : top + high, left : left + wide])
        laid = cv2.warpAffine(cut, turn, (int(wide * size), int(high * size)), borderValue=16)
        made.append(cv2.convertScaleAbs(cv2.GaussianBlur(laid, (0, 0), soft), None, gain, lift))
    return made


def false_alarms(films: Sequence[Path], count: int) -> None:
    """Read clips without a mark and print the highest score and the hits."""
    draw = random.Random("unmarked")
    scores: list[float] = []
    margins: list[float] = []
    hits = 0
    for _ in range(count):
        reading = read(varied(held(draw.choice(films)), draw))
        scores.append(reading.score)
        margins.append(reading.margin)
        hits += reading.id is not None
    if count:
        print(
            f"\nunmarked: {count} clips, {hits} hits; score highest {max(scores):.2f}, median "
            f"{np.median(scores):.2f}; margin highest {max(margins):.2f}, median "
            f"{np.median(margins):.2f}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--films", type=int, default=10, help="animatics drawn for this")
    parser.add_argument("--unmarked", type=int, default=1000, help="clips without a mark")
    parser.add_argument("--part", choices=("both", "marked", "unmarked"), default="both")
    parser.add_argument("--strength", type=float, default=STRENGTH)
    parser.add_argument("--clips", type=Path, action="append", default=[], help="folder of MP4s")
    told = parser.parse_args()
    cv2.setNumThreads(1)
    start = time.process_time()
    with TemporaryDirectory() as name:
        folder = Path(name)
        films = [drawn(number, folder) for number in range(told.films)]
        films += [path for place in told.clips for path in sorted(place.glob("*.mp4"))]
        print(
            f"{len(films)} films in {time.process_time() - start:.0f} CPU-s, mark {told.strength}"
        )
        if told.part != "unmarked":
            survival(films, told.strength, folder)
        if told.part != "marked":
            false_alarms(films, told.unmarked)
    print(f"{time.process_time() - start:.0f} CPU-s in all")


if __name__ == "__main__":
    main()
