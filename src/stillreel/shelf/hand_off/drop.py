"""What a person dropped into the folder of a pack: found, and held against what was asked."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from pydantic import BaseModel

from stillreel.values.sniff import media_type

if TYPE_CHECKING:
    from pathlib import Path

_COMING = frozenset({".part", ".crdownload", ".download", ".tmp", ".partial"})
"""Endings of downloads that are not whole yet."""
_SHORT_S = 0.15
"""By how many seconds a clip may be too short: places round to their own frame rate."""
_OFF = 1.12
"""How far a ratio may lie from what was asked before it is another one."""


class Wanted(BaseModel):
    """What the clip must be."""

    seconds: float
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Clip:
    """A clip that may be taken."""

    file: Path
    warning: str = ""
    """What is odd about it, but no reason to refuse it."""


def found(folder: Path, wanted: Wanted) -> Clip | str:
    """Return the clip in a folder, or why there is none to take, in words for a person."""
    files = _files(folder)
    clips = [file for file in files if _kind(file).startswith("video/")]
    if not clips:
        return f"put the finished clip into {folder}{_left_out(files)}"
    if len(clips) > 1:
        return f"{_list(clips)} lie in {folder}; leave the one that shall be taken"
    file = clips[0]
    seen = _measured(file)
    if seen is None:
        return f"{file} cannot be read to its end: it may still be downloading"
    if seen.seconds < wanted.seconds - _SHORT_S:
        return f"{file} runs {seen.seconds:.1f} s, and {wanted.seconds:.1f} s are needed"
    asked, has = wanted.width / wanted.height, seen.width / seen.height
    if max(asked / has, has / asked) > _OFF:
        size = f"{wanted.width}x{wanted.height}"
        return f"{file} has {seen.width}x{seen.height} pixels, and {size} is needed"
    small = min(seen.width, seen.height) < min(wanted.width, wanted.height) * 0.95
    came = f"{seen.width}x{seen.height} came where {wanted.width}x{wanted.height} was asked."
    return Clip(file, came if small else "")


@dataclass(frozen=True, slots=True)
class _Seen:
    seconds: float
    width: int
    height: int


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(
        file
        for file in folder.iterdir()
        if file.is_file() and not file.name.startswith(".") and file.suffix.lower() not in _COMING
    )


def _kind(file: Path) -> str:
    with file.open("rb") as stream:
        return media_type(stream.read(16))


def _left_out(files: list[Path]) -> str:
    """Name what was dropped and is no clip, so that nobody wonders."""
    odd = [file for file in files if _kind(file) in {"application/zip", "image/gif"}]
    return f" ({_list(odd)} is no clip)" if odd else ""


def _list(files: list[Path]) -> str:
    return " and ".join(file.name for file in files)


def _measured(file: Path) -> _Seen | None:
    """Return length and size of a clip by all its packets; None where it is not whole."""
    import av
    from av.error import FFmpegError

    try:
        with av.open(str(file)) as held:
            if not held.streams.video:
                return None
            stream = held.streams.video[0]
            ends = [
                (packet.pts + (packet.duration or 0)) * packet.time_base
                for packet in held.demux(stream)
                if packet.pts is not None
            ]
            told = stream.frames
            size = (stream.width, stream.height)
    except (FFmpegError, ValueError):
        return None
    if not ends or not all(size) or len(ends) < told:
        return None
    return _Seen(float(max(ends, default=Fraction())), *size)
