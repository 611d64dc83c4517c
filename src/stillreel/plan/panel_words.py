# ruff: noqa: RUF001 - full-width marks end sentences too
"""One panel in the words of a prompt: size, angle, people, action, camera, light."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stillreel.plan.phrases import count_phrase

if TYPE_CHECKING:
    from stillreel.plan.nouns import Panel, Plan
    from stillreel.providers.ask import ReadMode

_MOST_WORDS = 30
_NEAR = ("close-up", "extreme-close-up", "medium-close-up")
_SIZES = {
    "extreme-wide": "Extreme wide shot",
    "wide": "Wide shot",
    "full": "Full shot, head to foot",
    "medium-wide": "Medium wide shot, from the knees up",
    "medium": "Medium shot, from the waist up",
    "medium-close-up": "Medium close-up, head and shoulders",
    "close-up": "Close-up of the face",
    "extreme-close-up": "Extreme close-up",
    "insert": "Insert of one thing filling the frame",
}
_ANGLES = {
    "eye-level": "eye level",
    "low": "low angle looking up",
    "high": "high angle looking down",
    "overhead": "from straight above",
    "dutch": "tilted horizon",
}
_MOVES = {
    "static": "The camera holds still",
    "push": "The camera pushes in slowly",
    "pull": "The camera pulls back slowly",
    "pan-left": "The camera pans left slowly",
    "pan-right": "The camera pans right slowly",
    "tilt-up": "The camera tilts up slowly",
    "tilt-down": "The camera tilts down slowly",
    "track-left": "The camera tracks left alongside",
    "track-right": "The camera tracks right alongside",
    "orbit-left": "The camera orbits to the left slowly",
    "orbit-right": "The camera orbits to the right slowly",
    "crane-up": "The camera rises slowly",
    "crane-down": "The camera sinks slowly",
    "handheld": "The camera is handheld, breathing gently",
}
_LIGHT = {
    "left": "main light from the left",
    "right": "main light from the right",
    "front": "main light from the front",
    "back": "main light from behind",
    "top": "main light from above",
}


def panel_words(plan: Plan, panel: Panel) -> str:
    """Return a panel as the board's prompt tells it: shot, people, action, place and light."""
    place = next((one for one in plan.places if one.id == panel.place), None)
    parts = [f"{_SIZES[panel.size]}, {_ANGLES[panel.angle]}; {_counted(plan, panel)}."]
    parts.append(_short(panel.action))
    parts.append(_stage_words(plan, panel))
    where = place.name if place else panel.place
    seen = f", with {', '.join(panel.features)}" if panel.features else ""
    parts.append(
        f"At {where}{seen}; {panel.season}, {panel.time}, {panel.weather};"
        f" {_LIGHT[panel.key]}, {panel.mood} mood."
    )
    words = [
        prop.text for prop in plan.props if prop.id in (*panel.props, panel.focus) and prop.text
    ]
    if words and panel.size == "insert":
        parts.append(f"The words on it: “{words[0]}”.")
    return " ".join(part for part in parts if part)


def shot_words(plan: Plan, panel: Panel, read: ReadMode) -> str:
    """Return a panel as the motion prompt tells it: shot, action, camera, words and sounds."""
    picture = f"from {{{{ref:{panel.id}}}}}, " if read == "panels" else ""
    parts = [
        f"{picture}{_SIZES[panel.size].lower()}, {_ANGLES[panel.angle]}; {_counted(plan, panel)}."
    ]
    parts.append(_short(panel.action))
    parts.append(f"{_MOVES[panel.move]}.")
    if panel.line and not panel.line.off:
        names = {one.id: one.name for one in plan.cast}
        parts.append(
            f"{_capital(names.get(panel.line.who, 'a voice'))} says: {{{panel.line.text}}}"
        )
    elif panel.line:
        parts.append(f"A voice out of frame says: {{{panel.line.text}}}")
    if panel.sound:
        parts.append(" ".join(f"<{one}>" for one in panel.sound))
    return " ".join(part for part in parts if part)


def _counted(plan: Plan, panel: Panel) -> str:
    count = count_phrase(panel.who, plan.cast)
    if panel.size in _NEAR and len(panel.who) == 1 and panel.who[0].seen < 2:
        names = {one.id: one.name for one in plan.cast}
        return f"{count}, single main character {names.get(panel.who[0].id, '')}"
    if panel.size in _NEAR and panel.who:
        names = {one.id: one.name for one in plan.cast}
        lead = panel.focus if panel.focus in names else panel.who[0].id
        return f"{count}, single main character {names.get(lead, '')} in focus"
    return count


def _stage_words(plan: Plan, panel: Panel) -> str:
    names = {one.id: one.name for one in plan.cast}
    things = {one.id: one.name for one in plan.props}
    told: list[str] = []
    for one in panel.who:
        side = (
            "left of centre"
            if one.at < -0.1
            else "right of centre"
            if one.at > 0.1
            else "in the centre"
        )
        words = (
            f"{_capital(names.get(one.id, one.id))} {side}, facing {one.facing.replace('-', ' ')}"
        )
        words += f", {one.emotion}" if one.emotion != "neutral" else ""
        words += f", on the {one.on}" if one.on else ""
        words += f", holding {things.get(one.holds, one.holds)}" if one.holds else ""
        told.append(words)
    return f"{'; '.join(told)}." if told else ""


def _short(action: str) -> str:
    kept: list[str] = []
    for sentence in re.split(r"(?<=[.!?。！？])\s+", action):
        if kept and len(" ".join([*kept, sentence]).split()) > _MOST_WORDS:
            break
        kept.append(sentence)
    words = " ".join(kept).split()
    return (
        " ".join(words) if len(words) <= _MOST_WORDS + 12 else f"{' '.join(words[:_MOST_WORDS])}…"
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
