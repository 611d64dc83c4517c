"""Asks as text, so that a job can be carried by another process, after a restart, or elsewhere."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from stillreel.errors import Damaged
from stillreel.providers.ask import JudgeAsk, MotionAsk, StillAsk, WriteAsk

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import TypeAdapter

    from stillreel.engine.record import Home
    from stillreel.providers.ask import Sold

_MAKES = {"still": StillAsk, "motion": MotionAsk, "writer": WriteAsk, "judge": JudgeAsk}
PICTURE = "image/png"
"""What a judge is shown."""
_BYTES: Final = {"pictures": {"__all__": {"data"}}}
"""What an ask holds of pictures; the store has the bytes by their digest."""


def written(ask: Sold, folder: Path) -> str:
    """Return an ask as canonical JSON; files inside `folder` are named from there.

    What a judge is shown is named by its digest and must lie in the film's store.
    """
    makes = next(word for word, kind in _MAKES.items() if kind is type(ask))
    plain: dict[str, Any] = json.loads(_adapter(makes).dump_json(ask, exclude=_BYTES))
    _each_reference(plain, lambda path: _inside(path, folder))
    return json.dumps({"makes": makes, "ask": plain}, sort_keys=True, ensure_ascii=False)


def read(text: str, home: Home) -> Sold:
    """Return the ask that `written` wrote, its files found where the film lies.

    Raises:
        Damaged: a picture that a judge is to be shown is gone from the store.
    """
    told = json.loads(text)
    _each_reference(told["ask"], lambda path: str(home.folder / path))
    for shown in told["ask"].get("pictures", ()):
        shown["data"] = _picture(shown["digest"], home)
    return _adapter(told["makes"]).validate_python(told["ask"])


def _inside(path: str, folder: Path) -> str:
    # A film may be named by a path from here, its home by a whole one.
    place, home = Path(path).absolute(), folder.absolute()
    return str(place.relative_to(home)) if place.is_relative_to(home) else str(place)


def _picture(digest: str, home: Home) -> bytes:
    path = home.store.path(digest, PICTURE)
    try:
        return path.read_bytes()
    except OSError as error:
        raise Damaged(
            "A picture that a judge is to be shown is gone.",
            where=str(path),
            next_step="Ask the judge again: the picture is made anew.",
        ) from error


def _each_reference(ask: dict[str, Any], change: Callable[[str], str]) -> None:
    for reference in (*ask.get("references", ()), *ask.get("panels", ())):
        reference["file"] = change(reference["file"])


@cache
def _adapter(makes: str) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    from stillreel.providers.ask import Reference, Shown
    from stillreel.values.scene import BoardScene, SheetScene
    from stillreel.values.take import Quality

    made: TypeAdapter[Any] = TypeAdapter(_MAKES[makes])
    names = {
        "Path": Path,
        "Reference": Reference,
        "BoardScene": BoardScene,
        "SheetScene": SheetScene,
        "Shown": Shown,
        "Quality": Quality,
    }
    made.rebuild(raise_errors=True, _types_namespace=names)
    return made
