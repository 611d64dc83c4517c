"""The plan as data to be drawn: boards with their frames, and sheets."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar

from stillreel.errors import UsageError
from stillreel.values.scene import (
    BoardScene,
    Identity,
    PanelScene,
    Prop,
    Setting,
    SheetScene,
)
from stillreel.values.timecode import frames_of, split_frames

if TYPE_CHECKING:
    from stillreel.plan.nouns import ClipPlan, Panel, Place, Plan

_MILLI = 1000
_Kind = TypeVar("_Kind", Identity, Prop, Setting)


def seconds_of_text(text: str) -> Fraction:
    """Return the exact length written as a decimal text, in seconds."""
    return Fraction(Decimal(text))


def panel_frames(plan: Plan, clip: ClipPlan) -> tuple[int, ...]:
    """Return the frames of each panel; they add up to the clip's length exactly."""
    total = frames_of(seconds_of_text(clip.seconds), plan.fps)
    weights = tuple(int(seconds_of_text(panel.seconds) * _MILLI) or 1 for panel in clip.panel)
    return split_frames(max(total, len(weights)), weights)


def board_scene(plan: Plan, clip: ClipPlan) -> BoardScene:
    """Return the board of a clip: nine panels, with the cast and props that are in them.

    Raises:
        UsageError: a panel names a place that the plan does not have.
    """
    frames = panel_frames(plan, clip)
    panels = tuple(
        _panel_scene(plan, clip, panel, length)
        for panel, length in zip(clip.panel, frames, strict=True)
    )
    names: set[str] = set()
    for panel in clip.panel:
        names.update(performer.id for performer in panel.who)
        names.update(performer.holds for performer in panel.who)
        names.update(panel.props)
        names.update((panel.focus, panel.over))
    return BoardScene(
        id=clip.id,
        title=clip.title,
        ratio=plan.ratio,
        style=plan.style,
        panels=panels,
        cast=tuple(_only(Identity, one) for one in plan.cast if one.id in names),
        props=tuple(_only(Prop, one) for one in plan.props if one.id in names),
    )


def sheet_scene(plan: Plan, thing_id: str) -> SheetScene:
    """Return what the sheet of one character, place or prop must show.

    Raises:
        UsageError: nothing in the plan has that id.
    """
    for one in plan.cast:
        if one.id == thing_id:
            return SheetScene(style=plan.style, character=_only(Identity, one))
    for place in plan.places:
        if place.id == thing_id:
            return SheetScene(style=plan.style, place=_only(Setting, place))
    for prop in plan.props:
        if prop.id == thing_id:
            return SheetScene(style=plan.style, prop=_only(Prop, prop))
    raise UsageError(
        f"Nothing in the plan is called {thing_id!r}.",
        where=thing_id,
        next_step="Name a character, place or prop of the plan.",
    )


def _panel_scene(plan: Plan, clip: ClipPlan, panel: Panel, frames: int) -> PanelScene:
    place = next((one for one in plan.places if one.id == panel.place), None)
    if place is None:
        raise UsageError(
            f"The place {panel.place!r} is not in the plan.",
            where=f"board/{clip.id}.toml",
            next_step="Add the place, or name another.",
        )
    return PanelScene(
        id=f"{clip.id}.{panel.id}",
        size=panel.size,
        angle=panel.angle,
        move=panel.move,
        frames=frames,
        setting=_setting(place, panel),
        performers=panel.who,
        focus=panel.focus,
        over=panel.over,
        props=panel.props,
        action=panel.action,
        line=panel.line.text if panel.line else "",
    )


def _setting(place: Place, panel: Panel) -> Setting:
    stands = [one for one in place.features if one not in panel.hides]
    stands += [one for one in panel.features if one not in stands]
    return _only(Setting, place).model_copy(
        update={
            "features": tuple(stands),
            "time": panel.time,
            "season": panel.season,
            "weather": panel.weather,
            "key": panel.key,
            "mood": panel.mood,
        }
    )


def _only(kind: type[_Kind], value: _Kind) -> _Kind:
    fields = {name: getattr(value, name) for name in kind.model_fields}
    return kind.model_construct(None, **fields)
