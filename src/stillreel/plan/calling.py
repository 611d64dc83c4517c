"""Ids after names: whoever was met as `the girl` and turned out to be Ada is `ada` everywhere."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from stillreel.plan.names import slug

if TYPE_CHECKING:
    from stillreel.plan.telling import Beat, Being, Part, Spot, Thing


@dataclass(frozen=True, slots=True)
class Found:
    """What a reader found, before it is put in order."""

    beats: list[Beat]
    beings: dict[str, Being]
    spots: dict[str, Spot]
    things: dict[str, Thing]


def called(found: Found) -> Found:
    """Return the same story with the ids of people made from their names."""
    taken = {*found.beings, *found.spots, *found.things}
    new: dict[str, str] = {}
    for being in found.beings.values():
        wanted = slug(being.name, being.id)
        if being.named and wanted != being.id and not being.like and wanted not in taken:
            new[being.id] = wanted
            taken.add(wanted)
    if not new:
        return found
    for being in found.beings.values():
        being.like = new.get(being.like, being.like)
        being.id = new.get(being.id, being.id)
    return Found(
        [_renamed(beat, new) for beat in found.beats],
        {being.id: being for being in found.beings.values()},
        found.spots,
        found.things,
    )


def _renamed(beat: Beat, new: dict[str, str]) -> Beat:
    said = beat.said
    return replace(
        beat,
        parts=tuple(_part(one, new) for one in beat.parts),
        present=tuple(_part(one, new) for one in beat.present),
        said=replace(said, who=new.get(said.who, said.who)) if said else None,
        focus=new.get(beat.focus, beat.focus),
    )


def _part(part: Part, new: dict[str, str]) -> Part:
    looks = new.get(part.looks_at, part.looks_at)
    return replace(part, id=new.get(part.id, part.id), looks_at=looks)
