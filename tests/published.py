"""A vendor's published description of its interface, and what is wrong with a body beside it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parents[2] / "shared/data/specs"
_KINDS: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
}


def schemas(name: str) -> dict[str, Any]:
    """Return the schemas of a description; the test is skipped where it does not lie there."""
    yaml = pytest.importorskip("yaml")
    if not (FOLDER / name).is_file():
        pytest.skip(f"{name} is not here")
    return yaml.safe_load((FOLDER / name).read_text("utf-8"))["components"]["schemas"]


def wrong(held: object, schema: dict[str, Any], all_: dict[str, Any], at: str = "") -> list[str]:
    """Return what a body says otherwise than its schema; fields that it does not name are wrong."""
    if "$ref" in schema:
        return wrong(held, all_[schema["$ref"].rpartition("/")[2]], all_, at)
    if ways := schema.get("anyOf") or schema.get("oneOf"):
        found = [wrong(held, way, all_, at) for way in ways]
        return [] if any(not one for one in found) else found[0]
    return list(_said(held, schema, all_, at or "body"))


def _said(held: object, schema: dict[str, Any], all_: dict[str, Any], at: str) -> Iterator[str]:
    kind = schema.get("type", "object" if "properties" in schema else "")
    if held is None and (schema.get("nullable") or "null" in kind):
        return
    kinds = [kind] if isinstance(kind, str) else kind
    if kind and not any(isinstance(held, _KINDS.get(one, ())) for one in kinds):
        yield f"{at} is {type(held).__name__}, not {kind}"
        return
    if "enum" in schema and held not in schema["enum"]:
        yield f"{at} is {held!r}, none of {schema['enum']}"
    if isinstance(held, (int, float)):
        low, high = schema.get("minimum", held), schema.get("maximum", held)
        if not low <= held <= high:
            yield f"{at} is {held}, not {low} to {high}"
    if isinstance(held, list):
        yield from _items(held, schema, all_, at)
    if isinstance(held, dict) and "properties" in schema:
        yield from _fields(held, schema, all_, at)


def _items(
    held: list[object], schema: dict[str, Any], all_: dict[str, Any], at: str
) -> Iterator[str]:
    if len(held) > schema.get("maxItems", len(held)):
        yield f"{at} holds {len(held)}"
    for number, one in enumerate(held):
        yield from wrong(one, schema.get("items", {}), all_, f"{at}[{number}]")


def _fields(
    held: dict[str, object], schema: dict[str, Any], all_: dict[str, Any], at: str
) -> Iterator[str]:
    for name in set(schema.get("required", ())) - held.keys():
        yield f"{at} lacks {name}"
    for name, one in held.items():
        if name not in schema["properties"]:
            yield f"{at} has {name}, which is not published"
            continue
        yield from wrong(one, schema["properties"][name], all_, f"{at}.{name}")
