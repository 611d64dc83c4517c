"""FCPXML 1.11 for Final Cut and Resolve: rational times, file URLs, takes as auditions."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from stillreel.film.timeline import address

if TYPE_CHECKING:
    from pathlib import Path

    from stillreel.film.media import Reel, Shot
    from stillreel.film.nouns import TakeFile

_VERSION = "1.11"
_COLOUR = "1-1-1 (Rec. 709)"


def fcpxml(reel: Reel) -> str:
    """Return the reel as the text of an `.fcpxml` file."""
    root = ET.Element("fcpxml", version=_VERSION)
    resources = ET.SubElement(root, "resources")
    ET.SubElement(
        resources,
        "format",
        id="r1",
        name=f"FFVideoFormat{reel.height}p{reel.fps}",
        frameDuration=f"100/{reel.fps * 100}s",
        width=str(reel.width),
        height=str(reel.height),
        colorSpace=_COLOUR,
    )
    assets = _assets(resources, reel)
    library = ET.SubElement(root, "library")
    event = ET.SubElement(library, "event", name=reel.title)
    project = ET.SubElement(event, "project", name=reel.title)
    sequence = ET.SubElement(
        project,
        "sequence",
        format="r1",
        duration=_time(reel.frames, reel.fps),
        tcStart=_time(reel.first_frame, reel.fps),
        tcFormat="NDF",
        audioLayout="stereo",
        audioRate="48k",
    )
    spine = ET.SubElement(sequence, "spine")
    for place, shot in enumerate(reel.shots):
        _lay(spine, shot, reel, assets, sound=place == 0)
    ET.indent(root)
    body = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE fcpxml>\n{body}\n'


def _assets(resources: ET.Element, reel: Reel) -> dict[Path, str]:
    """Declare every file once and return the id of each."""
    known: dict[Path, str] = {}
    for shot in reel.shots:
        for take in shot.takes:
            if take.path not in known:
                known[take.path] = f"r{len(known) + 2}"
                asset = ET.SubElement(
                    resources,
                    "asset",
                    id=known[take.path],
                    name=_name(shot, take),
                    start="0s",
                    duration=_time(shot.frames, reel.fps),
                    hasVideo="1",
                    videoSources="1",
                    format="r1",
                )
                _source(asset, take.path)
    if reel.sound is not None:
        known[reel.sound] = f"r{len(known) + 2}"
        asset = ET.SubElement(
            resources,
            "asset",
            id=known[reel.sound],
            name=reel.sound.stem,
            start="0s",
            duration=_time(reel.frames, reel.fps),
            hasAudio="1",
            audioSources="1",
            audioChannels="2",
            audioRate="48000",
        )
        _source(asset, reel.sound)
    return known


def _source(asset: ET.Element, path: Path) -> None:
    ET.SubElement(asset, "media-rep", kind="original-media", src=address(path))


def _lay(
    spine: ET.Element, shot: Shot, reel: Reel, assets: dict[Path, str], *, sound: bool
) -> None:
    chosen = shot.media
    others = [take for take in shot.takes if take.id != chosen.id]
    # the sound hangs on the first clip, which therefore cannot be an audition
    rack = ET.SubElement(spine, "audition") if others and not sound else spine
    first = _asset_clip(rack, shot, chosen, reel, assets)
    if sound and reel.sound is not None:
        ET.SubElement(
            first,
            "asset-clip",
            ref=assets[reel.sound],
            lane="-1",
            offset="0s",
            name=reel.sound.stem,
            duration=_time(reel.frames, reel.fps),
            audioRole="music",
        )
    _markers(first, shot, reel)
    if rack is not spine:
        for take in others:
            _markers(_asset_clip(rack, shot, take, reel, assets), shot, reel)


def _asset_clip(
    parent: ET.Element, shot: Shot, take: TakeFile, reel: Reel, assets: dict[Path, str]
) -> ET.Element:
    return ET.SubElement(
        parent,
        "asset-clip",
        ref=assets[take.path],
        offset=_time(reel.first_frame + shot.start, reel.fps),
        name=_name(shot, take),
        start="0s",
        duration=_time(shot.frames, reel.fps),
        format="r1",
        tcFormat="NDF",
    )


def _markers(clip: ET.Element, shot: Shot, reel: Reel) -> None:
    for panel in shot.panels:
        ET.SubElement(
            clip,
            "marker",
            start=_time(panel.start - shot.start, reel.fps),
            duration=_time(1, reel.fps),
            value=f"{panel.clip}.{panel.panel.id}",
            note=panel.panel.action,
        )


def _name(shot: Shot, take: TakeFile) -> str:
    return shot.id if len(shot.takes) == 1 else f"{shot.id} {take.id}"


def _time(frames: int, fps: int) -> str:
    """Return frames as FCPXML writes time: an exact fraction of seconds."""
    return f"{frames * 100}/{fps * 100}s" if frames else "0s"
