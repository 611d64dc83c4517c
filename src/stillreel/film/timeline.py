"""The timeline as OpenTimelineIO: clips with all their takes, panels as markers, the sound."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from stillreel.errors import MediaError
from stillreel.film.conform import keep

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from stillreel.film.media import Reel, Shot

_OWNER = "stillreel"


def timeline(reel: Reel, locate: Callable[[Path], str]) -> Any:  # noqa: ANN401 - OpenTimelineIO has no types
    """Return the reel as an OpenTimelineIO timeline.

    Args:
        reel: what is cut from which files.
        locate: turns a file into the address the timeline carries.
    """
    import opentimelineio as otio

    def time(frames: int) -> Any:  # noqa: ANN401 - the same
        return otio.opentime.RationalTime(frames, reel.fps)

    whole = otio.schema.Timeline(reel.title, global_start_time=time(reel.first_frame))
    whole.metadata[_OWNER] = {"width": reel.width, "height": reel.height, "fps": reel.fps}
    picture = otio.schema.Track("V1", kind=otio.schema.TrackKind.Video)
    for shot in reel.shots:
        picture.append(_clip(shot, time, locate))
    whole.tracks.append(picture)
    if reel.sound is not None:
        span = otio.opentime.TimeRange(time(0), time(reel.frames))
        media = otio.schema.ExternalReference(locate(reel.sound), span)
        media.name = reel.sound.name
        track = otio.schema.Track("A1", kind=otio.schema.TrackKind.Audio)
        track.append(otio.schema.Clip("sound", media, span))
        whole.tracks.append(track)
    return whole


def _clip(
    shot: Shot,
    time: Callable[[int], Any],
    locate: Callable[[Path], str],
) -> Any:  # noqa: ANN401 - the same
    import opentimelineio as otio

    span = otio.opentime.TimeRange(time(0), time(shot.frames))
    references: dict[str, Any] = {}
    for take in shot.takes:
        media = otio.schema.ExternalReference(locate(take.path), span)
        media.name = take.path.name
        media.metadata[_OWNER] = {"take": take.id, "made_by": take.made_by}
        references[take.id] = media
    clip = otio.schema.Clip(shot.id, source_range=span)
    clip.set_media_references(references, shot.media.id)
    clip.metadata[_OWNER] = {"kind": shot.kind}
    for panel in shot.panels:
        marker = otio.schema.Marker(
            f"{panel.clip}.{panel.panel.id}",
            otio.opentime.TimeRange(time(panel.start - shot.start), time(panel.frames)),
            color=otio.schema.MarkerColor.GREEN,
        )
        marker.metadata[_OWNER] = {
            "action": panel.panel.action,
            "size": panel.panel.size,
            "move": panel.panel.move,
        }
        clip.markers.append(marker)
    return clip


def beside(folder: Path) -> Callable[[Path], str]:
    """Return how a timeline in `folder` names files: relative, so that the folder can move."""

    def locate(path: Path) -> str:
        return os.path.relpath(path.resolve(), folder.resolve()).replace(os.sep, "/")

    return locate


def address(path: Path) -> str:
    """Return the absolute file URL of a file."""
    return path.resolve().as_uri()


def write_otio(reel: Reel, out: Path, locate: Callable[[Path], str]) -> None:
    """Write the reel as `.otio` JSON.

    Raises:
        StorageError: the disk is full, or the folder cannot be written.
    """
    keep(timeline(reel, locate).to_json_string(indent=2).encode() + b"\n", out)


def write_otioz(reel: Reel, out: Path) -> None:
    """Write the reel with all its media as one `.otioz` file.

    Raises:
        MediaError: a take that the timeline names is missing.
        StorageError: the disk is full, or the folder cannot be written.
    """
    import opentimelineio as otio

    from stillreel.film.assemble import storing
    from stillreel.ledger.atomic import whole

    files = [take.path for shot in reel.shots for take in shot.takes]
    files += [reel.sound] if reel.sound else []
    missing = [path for path in files if not path.is_file()]
    if missing:
        raise MediaError(
            f"{len(missing)} files of the timeline are missing.",
            where=str(missing[0]),
            next_step="Run the film again, or export without media as otio.",
        )
    with storing(out), whole(out) as part:
        # The library writes no file that is there already.
        part.unlink()
        otio.adapters.write_to_file(timeline(reel, address), str(part), adapter_name="otioz")
