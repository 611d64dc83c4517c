"""The nouns of the plan as neat TOML, with comments that tell a person what may be written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from pydantic import BaseModel

from stillreel.plan.lexicon import word_set
from stillreel.values.scene import (
    Action,
    Angle,
    Emotion,
    Facing,
    Garment,
    HairStyle,
    Move,
    PlaceKind,
    ShotSize,
    words_of,
)

if TYPE_CHECKING:
    from stillreel.plan.nouns import Character, ClipPlan, Panel, Place, PlanProp

_WIDTH = 96
_NOTES: dict[str, str] = {
    "kind": "human dog cat bird horse animal thing",
    "members": "1, or up to 7 for a group",
    "age": "child teen adult elder",
    "build": "slim average broad heavy",
    "skin": "skin, coat or plumage",
    "accent": "one colour that belongs to this character alone",
    "features": "plain nouns of what stands there",
    "key": "side the main light comes from: left right front back top",
    "size_m": "longest side in metres",
    "text": "words written on it",
    "plates": "reference pictures beside this file",
    "lines": "lines of the story",
    "note": "the story's own words",
}
_ALWAYS = word_set("""
    id name kind age presentation height_m build skin eyes hair outfit accent colour size_m size
    angle move seconds action place time season weather title style
""")


def thing_text(thing: Character | Place | PlanProp) -> str:
    """Return a character, place or prop as TOML."""
    head = {
        "Character": f"# {thing.name}: who this is to the eye, in every picture of the film.\n"
        f"# hair.style: {' '.join(words_of(HairStyle))}\n"
        + _wrapped("# outfit garments: ", words_of(Garment)),
        "Place": f"# {thing.name}: the place as it is by default; panels may change its time and"
        f" weather.\n" + _wrapped("# kind: ", words_of(PlaceKind)),
        "PlanProp": f"# {thing.name}: a thing of the story.\n",
    }[type(thing).__name__]
    return head + "".join(_pairs(thing, notes=True))


def clip_text(clip: ClipPlan) -> str:
    """Return a clip as TOML: a head, and nine `[[panel]]` tables."""
    head = [
        f"# {clip.id}: nine panels, {clip.seconds} seconds together.\n",
        _wrapped("# size: ", words_of(ShotSize)),
        _wrapped("# angle: ", words_of(Angle)),
        _wrapped("# move: ", words_of(Move)),
        _wrapped("# does: ", words_of(Action)),
        _wrapped("# facing: ", words_of(Facing)),
        _wrapped("# emotion: ", words_of(Emotion)),
        "# at: -1 left edge, 0 centre, 1 right edge; left and right are the viewer's\n\n",
        "format = 1\n",
        f"id = {_value(clip.id)}\n",
        f"title = {_value(clip.title)}\n",
        f"seconds = {_value(clip.seconds)}\n",
    ]
    return "".join(head) + "".join(_panel_text(panel) for panel in clip.panel)


def _panel_text(panel: Panel) -> str:
    return "\n[[panel]]\n" + "".join(_pairs(panel, notes=False))


def _pairs(noun: BaseModel, *, notes: bool) -> list[str]:
    lines: list[str] = []
    for name, value in _kept(noun):
        text = f"{name} = {_long(name, value)}"
        note = _NOTES.get(name, "") if notes else ""
        if note and "\n" not in text:
            text = f"{text}  # {note}"
        lines.append(f"{text}\n")
    return lines


def _kept(noun: BaseModel) -> list[tuple[str, object]]:
    kept: list[tuple[str, object]] = []
    for name, field in type(noun).model_fields.items():
        value: object = getattr(noun, name)
        if value is None or (name not in _ALWAYS and value == field.default):
            continue
        kept.append((name, value))
    return kept


def _long(name: str, value: object) -> str:
    if isinstance(value, tuple):
        items = cast("tuple[object, ...]", value)
        if items and isinstance(items[0], BaseModel):
            rows = "".join(f"  {_value(one)},\n" for one in items)
            return f"[\n{rows}]"
        flat = _value(items)
        if len(name) + 3 + len(flat) > _WIDTH:
            rows = "".join(f"  {_value(one)},\n" for one in items)
            return f"[\n{rows}]"
        return flat
    return _value(value)


def _value(value: object) -> str:
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".") if value else "0"
    if isinstance(value, BaseModel):
        inner = ", ".join(f"{name} = {_value(one)}" for name, one in _kept(value))
        return f"{{ {inner} }}"
    if isinstance(value, tuple):
        return f"[{', '.join(_value(one) for one in cast('tuple[object, ...]', value))}]"
    return str(value)


def _wrapped(head: str, words: tuple[str, ...]) -> str:
    lines: list[str] = []
    line = head
    for word in words:
        if len(line) + len(word) > _WIDTH:
            lines.append(line.rstrip())
            line = "#   "
        line += f"{word} "
    lines.append(line.rstrip())
    return "\n".join(lines) + "\n"
