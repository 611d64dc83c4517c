"""What the stand-in of a language model writes: a small film for a plan, one kind of yes else."""

from __future__ import annotations

import re
from typing import Any

Form = dict[str, Any]
"""A JSON Schema."""

_COUNT = re.compile(r"exactly (\d+) clips")
_WHO, _WHERE = "Mara", "meadow"
_SHOTS = (
    ("wide", "walk", "walks on"),
    ("medium", "look", "looks ahead"),
    ("full", "stand", "stands still"),
    ("close-up", "look", "looks back"),
)
_PANELS = 9
_SECONDS = 1.3


def written(form: Form, prompt: str) -> object:
    """Return what fills in a form; the two passes of a plan are known by their keys."""
    keys = form.get("properties", {})
    if "clips" in keys:
        return _beats(prompt)
    if "panels" in keys:
        return _panels(form["$defs"])
    return _filled(form)


def _filled(form: Form) -> object:
    """Fill in a form: the first of some words, and as little as there can be of all else."""
    if "enum" in form:
        return form["enum"][0]
    if form.get("type") == "object":
        return {key: _filled(part) for key, part in form.get("properties", {}).items()}
    return {"array": [], "string": "as asked", "boolean": False}.get(str(form.get("type")), 1)


def _beats(prompt: str) -> Form:
    count = _COUNT.search(prompt)
    beat = {"what": f"{_WHO} walks.", "who": [_WHO], "place": _WHERE}
    lines = {"first_line": 1, "last_line": 1}
    clips = [
        {"title": f"Part {number}", "beats": [{**beat, **lines}]}
        for number in range(1, int(count[1] if count else 1) + 1)
    ]
    place = {"name": _WHERE, "kind": "field"}
    return {"cast": [{"name": _WHO}], "places": [place], "props": [], "clips": clips}


def _panels(parts: Form) -> Form:
    """Return nine panels of whoever and wherever the form allows."""
    who, where = (
        parts[table]["properties"][key]["enum"][0]
        for table, key in (("Actor", "id"), ("Shot", "place"))
    )
    shot = {"seconds": _SECONDS, "place": where, "first_line": 1, "last_line": 1}
    panels: list[Form] = [
        {**shot, "size": "extreme-wide", "action": f"The {_WHERE} lies still.", "who": []}
    ]
    for number in range(1, _PANELS):
        size, does, told = _SHOTS[number % len(_SHOTS)]
        seen = [{"id": who, "does": does, "facing": "right"}]
        panels.append({**shot, "size": size, "action": f"{_WHO} {told}.", "who": seen})
    return {"panels": panels}
