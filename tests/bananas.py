"""Boards that are asked of Nano Banana, and what it answers."""

from __future__ import annotations

import asyncio
import base64
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

import pictured
from rehearsed import picture
from stillreel.values.scene import Identity

if TYPE_CHECKING:
    from pathlib import Path

    from stillreel.providers.ask import Reference, StillAsk
    from stillreel.providers.rig import Rig
    from stillreel.providers.seam import Job
    from stillreel.rehearsal.meter import Bill

USAGE = {
    "promptTokenCount": 1310,
    "candidatesTokenCount": 1120,
    "thoughtsTokenCount": 240,
    "candidatesTokensDetails": [{"modality": "IMAGE", "tokenCount": 1120}],
}


def plates(folder: Path, people: int, objects: int = 0) -> tuple[Reference, ...]:
    who = [picture(folder, f"who-{at}", 400, 640) for at in range(people)]
    things = [picture(folder, f"thing-{at}", 640, 400) for at in range(objects)]
    return (*who, *(replace(one, role="sheet") for one in things))


def board_ask(
    folder: Path, people: int = 2, objects: int = 1, size: tuple[int, int] = (1916, 1112)
) -> StillAsk:
    """Return the ask for a board that carries plates of people and of things."""
    ask = pictured.board_ask(folder, 0, size)
    assert ask.board is not None
    board = ask.board.model_copy(update={"cast": (Identity(id="mara", name="Mara"),)})
    return replace(ask, seed=2**31 + 5, references=plates(folder, people, objects), board=board)


def bought(bench: Rig, seconds: float = 0.0) -> tuple[Job, Bill]:
    """Return a job that was ordered and looked at after a while, and what the stand-in billed."""

    async def tried() -> Job:
        made = bench.make()
        job = await made.submit(bench.ask, "tag-1")
        bench.wired.advance(seconds)
        return await made.poll(job)

    return asyncio.run(tried()), bench.wired.house.stage.meter.bill("gemini")  # pyright: ignore[reportAttributeAccessIssue]


def file(width: int = 2752, height: int = 1536) -> dict[str, str]:
    data = cv2.imencode(".jpg", np.zeros((height, width, 3), np.uint8))[1].tobytes()
    # The vendor may call it what it likes: the bytes decide.
    return {"mimeType": "image/png", "data": base64.b64encode(data).decode()}


def answer(*parts: dict[str, Any], reason: str = "STOP", **more: Any) -> dict[str, Any]:
    candidate: dict[str, Any] = {"index": 0, "finishReason": reason}
    if parts:
        candidate["content"] = {"role": "model", "parts": list(parts)}
    told = {"candidates": [candidate], "usageMetadata": USAGE, "responseId": "r_1"}
    return {**told, "modelVersion": "gemini-3-pro-image-001", **more}
