"""Files drawn by the embedded front-ends, for rehearsals that people want to look at.

A clip moves the pictures its request carried: the nine panels of a board, or its frames. A still
is drawn where the rehearsal knows the scene behind its prompt; all else is a test card.
"""

from __future__ import annotations

import base64
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from stillreel.providers import registry
from stillreel.providers.ask import MotionAsk, Reference
from stillreel.rehearsal import pictures
from stillreel.rehearsal.stage import Cards
from stillreel.values.digest import of_bytes
from stillreel.values.scene import BoardScene, PanelScene, Setting

if TYPE_CHECKING:
    from collections.abc import Coroutine, Mapping
    from pathlib import Path

    from stillreel.providers.ask import StillAsk
    from stillreel.providers.seam import Job as Finished
    from stillreel.rehearsal.job import Order

_FORMS = {"png": ".png", "jpeg": ".jpg", "webp": ".webp"}
_MOVES = ("push", "static", "pan-right", "pull", "pan-left", "static", "push", "pan-right", "pull")
_KEPT = 8
"""Clips that are kept, because a clip is often fetched more than once."""


class Drawn(Cards):
    """Draws and moves with whatever is installed; seconds of processor time for each file."""

    reads = True

    def __init__(self, folder: Path, asks: Mapping[str, StillAsk] | None = None) -> None:
        """Take a folder for pictures that are being moved, and the asks behind prompts."""
        self._folder = folder
        self._asks = asks or {}
        self._clips: dict[str, bytes] = {}

    def clip(self, order: Order) -> bytes:
        """Return a clip that moves the pictures of the order; a test card where it has none."""
        shown = _panels(order)
        movers = registry.embedded("motion")
        if not shown or not movers:
            return super().clip(order)
        name = of_bytes(b"".join(shown) + f"{order.width}x{order.height}/{order.seconds}".encode())
        if name not in self._clips:
            if len(self._clips) >= _KEPT:
                self._clips.pop(next(iter(self._clips)))
            ask = self._ask(order, shown, name)
            self._clips[name] = _file(registry.motion(movers[0]).submit(ask, name))
        return self._clips[name]

    def still(self, order: Order, index: int) -> bytes:
        """Return the picture of a scene that is known by its prompt; a test card where none is."""
        ask = self._asks.get(order.prompt.strip())
        drawers = registry.embedded("still")
        if ask is None or not drawers:
            return super().still(order, index)
        ask = replace(ask, width=order.width, height=order.height, seed=ask.seed + index)
        drawn = _file(registry.still(drawers[index % len(drawers)]).submit(ask, order.model))
        return drawn if order.form == "png" else _as(drawn, order.form)

    def _ask(self, order: Order, shown: list[bytes], name: str) -> MotionAsk:
        self._folder.mkdir(parents=True, exist_ok=True)
        total = order.seconds * order.fps
        ends = [total * (number + 1) // len(shown) for number in range(len(shown))]
        here = Setting(id="set", name="Set")
        scenes: list[PanelScene] = []
        panels: list[Reference] = []
        for number, data in enumerate(shown):
            frames = ends[number] - (ends[number - 1] if number else 0)
            scene = PanelScene(id=f"R.P{number + 1}", setting=here, frames=frames)
            scenes.append(scene.model_copy(update={"move": _MOVES[number % len(_MOVES)]}))
            file = self._folder / f"{name[:16]}-{number}.png"
            file.write_bytes(data)
            panels.append(Reference("panel", scene.id, of_bytes(data), file))
        return MotionAsk(
            subject="R",
            prompt=order.prompt,
            width=order.width,
            height=order.height,
            fps=order.fps,
            read="panels",
            seed=0,
            take=1,
            board=BoardScene(id="R", panels=tuple(scenes)),
            panels=tuple(panels),
            drawn_by="",
        )


def _file(work: Coroutine[object, object, Finished]) -> bytes:
    # What works on this machine is done when it is submitted, and never waits for anything.
    try:
        work.send(None)
    except StopIteration as done:
        return cast("Finished", done.value).files[0].data
    work.close()
    message = "an embedded provider waited for something"
    raise RuntimeError(message)


def _panels(order: Order) -> list[bytes]:
    held = [data for one in order.pictures if (data := _bytes(one))]
    if not held or not order.board:
        return held[:9]
    return _cut(held[-1])


def _cut(board: bytes) -> list[bytes]:
    import cv2
    import numpy as np

    whole = cv2.imdecode(np.frombuffer(board, np.uint8), cv2.IMREAD_COLOR)
    if whole is None:
        return []
    height, width = whole.shape[0] // 3, whole.shape[1] // 3
    cells = [
        whole[row * height : (row + 1) * height, column * width : (column + 1) * width]
        for row in range(3)
        for column in range(3)
    ]
    return [cv2.imencode(".png", cell)[1].tobytes() for cell in cells]


def _bytes(address: str) -> bytes:
    head, comma, letters = address.partition(",")
    if not (comma and head.startswith("data:image/")):
        return b""
    try:
        data = base64.b64decode(letters, validate=True)
    except ValueError:
        return b""
    return data if pictures.size_of(data) else b""


def _as(png: bytes, form: str) -> bytes:
    import cv2
    import numpy as np

    whole = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR)
    assert whole is not None
    return cv2.imencode(_FORMS[form], whole)[1].tobytes()
