"""Boards that are asked of GPT Image, what it answers, and what a form holds."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from rehearsed import YARD, picture
from stillreel.providers.ask import StillAsk
from stillreel.rehearsal import multipart
from stillreel.rehearsal.wire import Request
from stillreel.values.scene import BoardScene, PanelScene

if TYPE_CHECKING:
    from pathlib import Path

    import httpx2


def board_ask(folder: Path, references: int = 2, size: tuple[int, int] = (1916, 1112)) -> StillAsk:
    """Return the ask for a board that carries plates of people."""
    panels = tuple(PanelScene(id=f"C01.P{at}", setting=YARD, frames=24) for at in range(1, 10))
    return StillAsk(
        subject="C01",
        kind="board",
        prompt="Nine pictures in a 3x3 grid. Image 1 shows Mara. Image 2 shows Ivo.\n",
        width=size[0],
        height=size[1],
        seed=5,
        take=1,
        references=tuple(picture(folder, f"who-{at}", 400, 640) for at in range(references)),
        board=BoardScene(id="C01", panels=panels),
    )


def answer(width: int = 1920, height: int = 1120, **usage: Any) -> dict[str, Any]:
    """Return an answer of 200 with a picture of a size, and its usage."""
    data = cv2.imencode(".png", np.zeros((height, width, 3), np.uint8))[1].tobytes()
    told: dict[str, Any] = {"data": [{"b64_json": base64.b64encode(data).decode()}]}
    return told | ({"usage": usage} if usage else {})


def parts(request: httpx2.Request) -> list[multipart.Part]:
    """Return the fields and files of a form that was sent."""
    headers = {name.lower(): value for name, value in request.headers.items()}
    return multipart.parts(Request("POST", "", [], headers, request.content, ""))
