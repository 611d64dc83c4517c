"""Asks as text, so that a job can be carried by another process, after a restart, or elsewhere."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stillreel.providers.seam import MotionAsk, StillAsk, WriteAsk

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import TypeAdapter

    from stillreel.providers.seam import Sold

_MAKES = {"still": StillAsk, "motion": MotionAsk, "writer": WriteAsk}


def written(ask: Sold, folder: Path) -> str:
    """Return an ask as canonical JSON; files inside `folder` are named from there."""
    makes = next(word for word, kind in _MAKES.items() if kind is type(ask))
    plain: dict[str, Any] = json.loads(_adapter(makes).dump_json(ask))
    _each_reference(plain, lambda path: _inside(path, folder))
    return json.dumps({"makes": makes, "ask": plain}, sort_keys=True, ensure_ascii=False)


def read(text: str, folder: Path) -> Sold:
    """Return the ask that `written` wrote, its files found in `folder`."""
    told = json.loads(text)
    _each_reference(told["ask"], lambda path: str(folder / path))
    return _adapter(told["makes"]).validate_python(told["ask"])


def _inside(path: str, folder: Path) -> str:
    # A film may be named by a path from here, its home by a whole one.
    place, home = Path(path).absolute(), folder.absolute()
    return str(place.relative_to(home)) if place.is_relative_to(home) else str(place)


def _each_reference(ask: dict[str, Any], change: Callable[[str], str]) -> None:
    for reference in (*ask.get("references", ()), *ask.get("panels", ())):
        reference["file"] = change(reference["file"])


@cache
def _adapter(makes: str) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    from stillreel.providers.seam import Reference
    from stillreel.values.scene import BoardScene, SheetScene
    from stillreel.values.take import Quality

    made: TypeAdapter[Any] = TypeAdapter(_MAKES[makes])
    names = {
        "Path": Path,
        "Reference": Reference,
        "BoardScene": BoardScene,
        "SheetScene": SheetScene,
        "Quality": Quality,
    }
    made.rebuild(raise_errors=True, _types_namespace=names)
    return made
