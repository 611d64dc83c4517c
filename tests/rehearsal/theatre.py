"""A house with a clock that stands still, and each vendor's documented example request."""

from __future__ import annotations

import asyncio
import base64
import json
from dataclasses import dataclass, field
from typing import Any

import httpx2

from stillreel.rehearsal import pictures
from stillreel.rehearsal.clock import Virtual
from stillreel.rehearsal.faults import Fault
from stillreel.rehearsal.house import House, app
from stillreel.rehearsal.inside import Inside
from stillreel.rehearsal.stage import Artist, Conditions

KEYS = {
    "ark": {"authorization": "Bearer k"},
    "fal": {"authorization": "Key k"},
    "gemini": {"x-goog-api-key": "k"},
    "higgsfield": {"authorization": "Key id:secret"},
    "ltx": {"authorization": "Bearer k"},
    "openai": {"authorization": "Bearer k"},
    "pollo": {"x-api-key": "k"},
    "replicate": {"authorization": "Bearer k"},
    "runway": {"authorization": "Bearer k", "x-runway-version": "2024-11-06"},
}
SHEET = pictures.still(512, 512, "png")
SHEET_URI = "data:image/png;base64," + base64.b64encode(SHEET).decode()


@dataclass(frozen=True)
class Example:
    """A create call that the vendor documents."""

    path: str
    body: dict[str, Any]
    headers: dict[str, str] = field(default_factory=dict)


EXAMPLES = {
    "ark": Example(
        "/contents/generations/tasks",
        {
            "model": "dreamina-seedance-2-0-260128",
            "content": [
                {"type": "text", "text": "Shot 1: medium shot, Mara turns and sits."},
                {
                    "type": "image_url",
                    "image_url": {"url": "https://cdn.example/run7/p03.png"},
                    "role": "first_frame",
                },
                {
                    "type": "image_url",
                    "image_url": {"url": "https://cdn.example/run7/p04.png"},
                    "role": "last_frame",
                },
            ],
            "resolution": "720p",
            "ratio": "adaptive",
            "duration": 5,
            "seed": 1107,
            "generate_audio": False,
            "return_last_frame": True,
            "watermark": False,
            "safety_identifier": "run7-shot03-try1-6f2c",
        },
    ),
    "fal": Example(
        "/bytedance/seedance-2.0/image-to-video",
        {
            "prompt": "She turns and sits. Slow push-in.",
            "image_url": "https://cdn.example/p03.png",
            "end_image_url": "https://cdn.example/p04.png",
            "resolution": "720p",
            "duration": "5",
            "aspect_ratio": "auto",
            "generate_audio": False,
            "seed": 1107,
        },
    ),
    "gemini": Example(
        "/v1/models/gemini-3-pro-image:generateContent",
        {
            "contents": [
                {
                    "role": "user",
                    "parts": [
                        {
                            "inlineData": {
                                "mimeType": "image/png",
                                "data": SHEET_URI.partition(",")[2],
                            }
                        },
                        {"text": "Image 1: character sheet of MARA."},
                    ],
                }
            ],
            "store": False,
            "generationConfig": {
                "responseModalities": ["IMAGE"],
                "imageConfig": {"aspectRatio": "16:9", "imageSize": "1K"},
            },
        },
    ),
    "higgsfield": Example(
        "/bytedance/seedance-2.0/image-to-video",
        {"prompt": "She sits.", "image_url": "https://cdn.example/p03.png", "duration": 5},
    ),
    "ltx": Example(
        "/v2/image-to-video",
        {
            "model": "ltx-2-pro",
            "prompt": "She sits.",
            "image_uri": "https://cdn.example/p03.png",
            "resolution": "1920x1080",
            "duration": 4,
            "fps": 25,
            "camera_motion": "dolly_in",
        },
    ),
    "openai": Example(
        "/v1/images/generations",
        {
            "model": "gpt-image-2-2026-04-21",
            "prompt": "A sheet of Mara.",
            "size": "1024x1024",
            "quality": "high",
            "n": 1,
            "output_format": "png",
            "background": "opaque",
            "moderation": "auto",
            "safety_identifier": "u_5f2c",
        },
        {"x-client-request-id": "tag-1"},
    ),
    "pollo": Example(
        "/generation/bytedance/seedance-2-5",
        {
            "input": {
                "prompt": "She sits.",
                "image": "https://cdn.example/p03.png",
                "resolution": "720p",
                "length": 5,
            }
        },
    ),
    "replicate": Example(
        "/v1/models/bytedance/seedance-2.0/predictions",
        {
            "input": {
                "prompt": "[Image1] is the identity of Mara. She turns and sits.",
                "reference_images": ["https://cdn.example/mara.png"],
                "duration": 5,
                "resolution": "720p",
                "aspect_ratio": "16:9",
                "generate_audio": False,
                "seed": 1107,
            }
        },
    ),
    "runway": Example(
        "/v1/image_to_video",
        {
            "model": "seedance2",
            "promptImage": [{"uri": "https://cdn.example/p03.png", "position": "first"}],
            "promptText": "She turns and sits.",
            "ratio": "1280:720",
            "duration": 5,
            "audio": False,
            "seed": 1107,
        },
    ),
}
AT_ONCE = ("gemini", "openai")
"""Vendors that answer with the picture itself."""


class Theatre:
    """One house, asked from inside."""

    def __init__(
        self,
        conditions: Conditions | None = None,
        *,
        leaps: bool = True,
        artist: Artist | None = None,
    ) -> None:
        self.clock = Virtual(leaps=leaps)
        self.house: House = app(
            self.clock, conditions or Conditions(accept=(0.0, 0.0), list_lag=0.0), artist
        )

    def client(self, vendor: str = "") -> httpx2.AsyncClient:
        return httpx2.AsyncClient(
            transport=Inside(self.house),
            base_url="http://127.0.0.1" + (f"/{vendor}" if vendor else ""),
            headers=KEYS.get(vendor, {}),
        )

    def ask(self, vendor: str, method: str, path: str, **more: Any) -> httpx2.Response:
        async def once() -> httpx2.Response:
            async with self.client(vendor) as client:
                return await client.request(method, path, **more)

        return asyncio.run(once())

    def create(self, vendor: str, **changes: Any) -> httpx2.Response:
        example = EXAMPLES[vendor]
        body = {**example.body, **changes}
        return self.ask(vendor, "POST", example.path, json=body, headers=example.headers)

    def stage(self, method: str, path: str, **more: Any) -> Any:
        return self.ask("", method, f"/_stage{path}", **more).json()

    def fault(self, kind: Any, vendor: str = "*", **more: Any) -> None:
        self.house.stage.faults.add(Fault(kind, vendor, **more))

    def to_the_end(self) -> None:
        before = 0.0
        while before != self.clock.now():
            before = self.clock.now()
            self.clock.leap()

    def look(self, vendor: str, made: httpx2.Response, path: str = "") -> httpx2.Response:
        """Look at the job of a create answer by the vendor's own route."""
        said = made.json()
        paths = {
            "ark": lambda: f"/contents/generations/tasks/{said['id']}",
            "fal": lambda: said["status_url"],
            "higgsfield": lambda: said["status_url"],
            "ltx": lambda: f"/v2/image-to-video/{said['id']}",
            "pollo": lambda: f"/generation/{said['taskId']}/status",
            "replicate": lambda: said["urls"]["get"],
            "runway": lambda: f"/v1/tasks/{said['id']}",
        }
        return self.ask(vendor, "GET", path or paths[vendor]())

    def file_of(self, vendor: str, made: httpx2.Response) -> str:
        """Return the address of a finished job's file."""
        if vendor == "fal":
            return self.ask("fal", "GET", made.json()["response_url"]).json()["video"]["url"]
        said = self.look(vendor, made).json()
        return {
            "ark": lambda: said["content"]["video_url"],
            "higgsfield": lambda: said["video"]["url"],
            "ltx": lambda: said["result"]["video_url"],
            "pollo": lambda: said["generations"][0]["url"],
            "replicate": lambda: said["output"],
            "runway": lambda: said["output"][0],
        }[vendor]()


def plain(body: object) -> bytes:
    return json.dumps(body).encode()
