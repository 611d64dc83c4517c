"""Clips: cuts, and every fault put into every clean clip, stored ones and animatics.

A fault that the encoder swallows, or a stop where nothing moved, is none: they are put in where
they can be seen, and files are written finely enough to keep them. Takes about ten minutes.
"""

from __future__ import annotations

import io
import itertools
import json
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

import av
import cv2
import numpy as np

from measuring.clip_boards import board, clip
from stillreel.draw.look import named
from stillreel.draw.motion.clip import Order, animate
from stillreel.draw.motion.flat import planned_box
from stillreel.measure.clip.facts import facts
from stillreel.measure.clip.nouns import ClipFacts, Ordered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from numpy.typing import NDArray

    from stillreel.measure.nouns import Span

    Frames = list[NDArray[np.uint8]]
    Row = tuple[str, str, str, bool]
    Put = tuple[Frames, int, int]

CLIPS = 60
"""Animatics, besides the stored clips."""
_HEROES = {
    "seedance-action": (0.08, 0.2, 0.38, 0.72),
    "ugc-cta": (0.3, 0.12, 0.7, 0.5),
    "ugc-hook": (0.3, 0.3, 0.7, 0.68),
}
"""Where somebody stands in the stored clips, as shares of the frame."""
_FITS = {"wide", "full", "medium-wide", "medium"}


@dataclass(frozen=True)
class Clean:
    """A clip without a fault."""

    name: str
    data: bytes
    cuts: list[int]
    heroes: list[tuple[float, float, float, float] | None]
    """Where the hero stands in each shot."""


def rows(folder: Path, count: int = CLIPS) -> Iterator[Row]:
    """Yield figure, value, goal and whether it was met.

    Args:
        folder: the labelled set, with `labels.json`.
        count: animatics to draw.
    """
    right = wrong = missed = alarms = 0
    tried = dict.fromkeys(_FAULTS, 0)
    found = dict.fromkeys(_FAULTS, 0)
    slopes: list[float] = []
    ordered = 0
    for one in (*_stored(folder), *(_drawn(seed) for seed in range(count))):
        frames = _frames(one.data)
        clean = facts(one.data)
        right += len(set(clean.cuts) & set(one.cuts))
        wrong += len(set(clean.cuts) - set(one.cuts))
        missed += len(set(one.cuts) - set(clean.cuts))
        alarms += bool(_faulty(clean))
        ordered += _ordered(one, frames, clean)
        for kind, put in _FAULTS.items():
            rng = np.random.default_rng([sum(one.name.encode()), len(kind)])
            given = put(one, frames, rng)
            if given is None:
                continue
            damaged, first, last = given
            told = facts(_film(damaged))
            tried[kind] += 1
            found[kind] += _seen(kind, told, first, last)
            if kind == "chroma drift of 8" and told.drifting:
                slopes.append(told.creep / (_shift(frames[-1], damaged[-1]) / (len(frames) - 1)))
    score = 2 * right / (2 * right + wrong + missed)
    yield "clip: cut F1", f"{score:.3f} ({right} of {right + missed})", ">= 0.98", score >= 0.98
    yield "clip: clean clips with an alarm", str(alarms), "0", alarms == 0
    for kind, tries in tried.items():
        recall = found[kind] / max(1, tries)
        yield f"clip: {kind}", f"{recall:.2f} ({found[kind]} of {tries})", "1.00", recall == 1
    total = count + len(_HEROES)
    yield "clip: size, rate, length", f"{ordered / total:.2f}", "1.00", ordered == total
    near = float(np.mean([abs(slope - 1) <= 0.2 for slope in slopes])) if slopes else 0.0
    yield "clip: drift slope within 20 %", f"{near:.2f}", "1.00", near == 1
    yield from _pace()


def _stored(folder: Path) -> Iterator[Clean]:
    for clip_ in json.loads((folder / "labels.json").read_text())["clips"]:
        data = (folder / clip_["file"]).read_bytes()
        shots = len(clip_["cuts"]) + 1
        yield Clean(clip_["id"], data, clip_["cuts"], [_HEROES[clip_["id"]]] * shots)


def _drawn(seed: int) -> Clean:
    panels = board(seed).panels
    cuts = np.cumsum([panel.frames for panel in panels])[:-1].tolist()
    heroes = [
        planned_box(panel) if panel.performers and panel.size in _FITS else None for panel in panels
    ]
    return Clean(f"s{seed:03d}", clip(seed), cuts, heroes)


def _frames(data: bytes) -> Frames:
    with av.open(io.BytesIO(data)) as film:
        return [frame.to_ndarray(format="bgr24") for frame in film.decode(video=0)]


def _film(frames: Frames, rate: int = 24) -> bytes:
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as film:
        options = {"crf": "14", "preset": "veryfast", "x264-params": "threads=1"}
        stream = film.add_stream("libx264", rate=rate, options=options)
        stream.height, stream.width = frames[0].shape[:2]
        stream.pix_fmt = "yuv420p"
        for frame in frames:
            film.mux(stream.encode(av.VideoFrame.from_ndarray(frame, format="bgr24")))
        film.mux(stream.encode(None))
    return out.getvalue()


def _faulty(told: ClipFacts) -> bool:
    spans = (told.black, told.frozen, told.flicker, told.blur, told.drifting, told.clones)
    return any(spans) or bool(told.letterbox)


def _ordered(one: Clean, frames: Frames, clean: ClipFacts) -> bool:
    """Return whether each way of being not as ordered is told, and nothing is without one."""
    size, length = (clean.width, clean.height), clean.frames
    same = Ordered(size, 24, length, tuple(one.cuts))
    small = [cv2.resize(frame, None, fx=0.5, fy=0.5)[:-2, :-2] for frame in frames]
    small = [frame[: frame.shape[0] // 2 * 2, : frame.shape[1] // 2 * 2] for frame in small]
    told = (
        facts(one.data, same).wrong,
        facts(_film(small), Ordered(size=size)).wrong,
        facts(_film(frames[:-1]), Ordered(frames=length)).wrong,
        facts(_film(frames, 25), Ordered(fps=24)).wrong,
    )
    return [[wrong.what for wrong in each] for each in told] == [[], ["size"], ["length"], ["fps"]]


def _black(_one: Clean, frames: Frames, rng: np.random.Generator) -> Put:
    at = int(rng.integers(8, len(frames) - 8))
    return [*frames[:at], np.zeros_like(frames[at]), *frames[at + 1 :]], at, at + 1


def _flicker(_one: Clean, frames: Frames, _rng: np.random.Generator) -> Put:
    swings = (1.01, 0.99)
    lit = [
        np.clip(np.rint(frame * swings[at % 2]), 0, 255).astype(np.uint8)
        for at, frame in enumerate(frames)
    ]
    return lit, 0, len(frames)


def _drift(_one: Clean, frames: Frames, rng: np.random.Generator) -> Put:
    angle = rng.uniform(0, 2 * np.pi)
    tinted: Frames = []
    for at, frame in enumerate(frames):
        lab = cv2.cvtColor(frame.astype(np.float32) / 255, cv2.COLOR_BGR2Lab)
        lab[..., 1:] += 8 * at / (len(frames) - 1) * np.array([np.cos(angle), np.sin(angle)])
        back = cv2.cvtColor(lab, cv2.COLOR_Lab2BGR) * 255
        tinted.append(np.clip(np.rint(back), 0, 255).astype(np.uint8))
    return tinted, 0, len(frames)


def _shift(before: NDArray[np.uint8], after: NDArray[np.uint8]) -> float:
    """Return how far the chroma of most of a picture went: white cannot be tinted by as much."""
    one, two = (
        cv2.cvtColor(frame.astype(np.float32) / 255, cv2.COLOR_BGR2Lab) for frame in (before, after)
    )
    return float(np.linalg.norm(np.median((two - one)[..., 1:], axis=(0, 1))))


def _frozen(one: Clean, frames: Frames, rng: np.random.Generator) -> Put | None:
    small = [cv2.resize(frame, (16, 9), interpolation=cv2.INTER_AREA) for frame in frames]
    steps = [float(np.abs(b.astype(int) - a).max()) for a, b in itertools.pairwise(small)]
    edges = [0, *one.cuts, len(frames)]
    places = [
        at
        for first, last in itertools.pairwise(edges)
        for at in range(first + 9, last - 17)
        if _moves(steps[at - 8 : at + 16])
    ]
    if not places:
        return None
    at = int(rng.choice(places))
    return [*frames[:at], *[frames[at]] * 8, *frames[at + 8 :]], at, at + 8


def _moves(steps: list[float]) -> bool:
    """Return whether something moves all the time, drawn on threes at most."""
    return all(max(steps[at : at + 3]) >= 3 for at in range(len(steps) - 2))


def _twin(one: Clean, frames: Frames, rng: np.random.Generator) -> Put | None:
    height, width = frames[0].shape[:2]
    edges = [0, *one.cuts, len(frames)]
    places: list[tuple[int, int, tuple[int, int, int, int], int]] = []
    for (first, last), hero in zip(itertools.pairwise(edges), one.heroes, strict=True):
        if hero is None or last - first < 36:
            continue
        left, top, right, bottom = (
            int(share * side) for share, side in zip(hero, (width, height) * 2, strict=True)
        )
        wide = right - left
        places += [
            (first, last, (left, top, right, bottom), to)
            for to in (left - wide - 4, right + 4)
            if to >= 0 and to + wide <= width and wide * (bottom - top) > 0.012 * width * height
        ]
    if not places:
        return None
    first, last, (left, top, right, bottom), to = places[int(rng.integers(len(places)))]
    start, flip = int(rng.integers(first + 6, last - 29)), rng.random() < 0.5
    damaged = list(frames)
    for at in range(start, start + 24):
        copy = frames[at][top:bottom, left:right]
        damaged[at] = frames[at].copy()
        damaged[at][top:bottom, to : to + right - left] = copy[:, ::-1] if flip else copy
    return damaged, start, start + 24


_FAULTS: dict[str, Callable[[Clean, Frames, np.random.Generator], Put | None]] = {
    "one black frame": _black,
    "1 % flicker": _flicker,
    "8 frozen frames": _frozen,
    "chroma drift of 8": _drift,
    "a second copy of the hero for 1 s": _twin,
}


def _seen(kind: str, told: ClipFacts, first: int, last: int) -> bool:
    spans: dict[str, Iterable[Span]] = {
        "one black frame": told.black,
        "1 % flicker": told.flicker,
        "8 frozen frames": told.frozen,
        "chroma drift of 8": told.drifting,
        "a second copy of the hero for 1 s": told.clones,
    }
    if kind in {"1 % flicker", "chroma drift of 8"}:
        return any(True for _ in spans[kind])
    return any(abs(one.first - first) <= 3 and abs(one.last - last) <= 3 for one in spans[kind])


def _pace() -> Iterator[Row]:
    """Yield how fast ten minutes of 1080p are measured, and the most memory that takes."""
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "film.mp4"
        _long(path, 14400)
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as fresh:
            frames, real, spent, peak = fresh.submit(_timed, path).result()
            plain = fresh.submit(_decoded, path).result()
    pace, busy = frames / 24 / real, frames / 24 / spent * 2
    note = f"{pace:.1f}x ({busy:.1f}x by CPU seconds on 2 cores)"
    yield "clip: 1080p against real time", note, ">= 6x", pace >= 6
    told = f"{spent / plain:.2f}"
    yield "clip: CPU seconds against those of decoding alone", told, "none", True
    yield "clip: memory, ten minutes of 1080p", f"{peak:.0f} MB", "<= 500 MB", peak <= 500


def _long(path: Path, frames: int) -> None:
    """Write a 1080p film: one animatic over and over, its packets copied."""
    order = Order(board(0), 1920, 1080, 24, "publish", look=named("lumen"))
    with av.open(io.BytesIO(animate(order))) as short, av.open(str(path), "w") as film:
        source = short.streams.video[0]
        target = film.add_stream_from_template(source)
        packets = [packet for packet in short.demux(source) if packet.size]
        length = sum(packet.duration for packet in packets)
        times = [(packet.pts, packet.dts) for packet in packets]
        for turn in range(-(-frames // len(packets))):
            for packet, (shown, decoded) in zip(packets, times, strict=True):
                packet.pts, packet.dts = shown + turn * length, decoded + turn * length
                packet.stream = target
                film.mux(packet)


def _decoded(path: Path) -> float:
    """Return the CPU seconds that decoding a film takes when nothing is done with its frames."""
    spent = time.process_time()
    with av.open(str(path)) as film:
        stream = film.streams.video[0]
        stream.thread_type, stream.thread_count = "AUTO", 2
        for _ in film.decode(stream):
            pass
    return time.process_time() - spent


def _timed(path: Path) -> tuple[int, float, float, float]:
    began, spent = time.monotonic(), time.process_time()
    frames = facts(path).frames
    # what getrusage says of a child begins at its parent's peak
    status = Path("/proc/self/status").read_text()
    peak = int(status.partition("VmHWM:")[2].split()[0]) / 1024
    return frames, time.monotonic() - began, time.process_time() - spent, peak
