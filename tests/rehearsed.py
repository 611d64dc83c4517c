"""A provider of the shelf on the conformance bench, with its stand-in at the other end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

import cv2
import httpx2
import numpy as np

from stillreel.providers.ask import MotionAsk, Reference
from stillreel.providers.remote import Remote
from stillreel.providers.stand_in import SECRET, FarEnd, bench
from stillreel.rehearsal.clock import Virtual
from stillreel.rehearsal.faults import Fault
from stillreel.rehearsal.house import House, app
from stillreel.rehearsal.inside import Inside
from stillreel.rehearsal.stage import Conditions
from stillreel.values.digest import of_bytes
from stillreel.values.scene import BoardScene, PanelScene, Setting

if TYPE_CHECKING:
    from pathlib import Path

    from stillreel.providers.ask import ReadMode
    from stillreel.providers.rig import Rig
    from stillreel.rehearsal.faults import Kind

Made = TypeVar("Made", bound=Remote)
YARD = Setting(id="yard", name="Yard", kind="open")


class Ruled(FarEnd):
    """The stand-in of one vendor, in this process, on a clock that moves only when it is told."""

    def __init__(self, vendor: str, conditions: Conditions | None = None) -> None:
        self.name = vendor
        self.clock = Virtual()
        self.house: House = app(self.clock, conditions or Conditions(accept=(0.0, 0.0)))
        self._inside = Inside(self.house)
        self._unreachable = False

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        if self._unreachable:
            raise httpx2.ConnectError("All connection attempts failed", request=request)
        return await self._inside.handle_async_request(request)

    def fault(self, kind: str, verb: str = "", times: int = 1) -> None:
        if kind == "unreachable":
            self._unreachable = True
            return
        self.slow = kind == "slow"
        self.house.stage.faults.add(Fault(cast("Kind", kind), self.name, verb, times))

    def clear(self) -> None:
        self._unreachable = self.slow = False
        self.house.stage.faults.clear()

    def posts(self) -> int:
        return len(self.house.stage.meter.posts)

    def advance(self, seconds: float) -> None:
        self.clock.advance(seconds)


def picture(folder: Path, name: str, width: int, height: int) -> Reference:
    """Return a plain picture as a reference called `name`."""
    file = folder / f"{name}.png"
    cv2.imwrite(str(file), np.full((height, width, 3), len(name) * 9, np.uint8))
    role = {"board": "board"}.get(name, "identity-face")
    return Reference(role, name, of_bytes(file.read_bytes() + name.encode()), file)


def clip_ask(
    folder: Path, read: ReadMode = "grid", *, frames: int = 32, size: tuple[int, int] = (1280, 720)
) -> MotionAsk:
    """Return the ask for a clip of nine panels."""
    panels = tuple(
        PanelScene(id=f"C01.P{number}", setting=YARD, frames=frames) for number in range(1, 10)
    )
    return MotionAsk(
        subject="C01",
        prompt="Image 1 is the identity of Mara. Shot 1: Mara turns.\n",
        width=size[0],
        height=size[1],
        fps=24,
        read=read,
        seed=2**33 + 5,
        take=1,
        board=BoardScene(id="C01", panels=panels),
        panels=tuple(picture(folder, f"panel-{number}", 640, 360) for number in range(1, 10)),
        drawn_by="somebody",
        references=(picture(folder, "mara", 400, 500), picture(folder, "board", 1920, 1080)),
    )


def rig(
    made: type[Remote],
    folder: Path,
    ask: MotionAsk,
    *,
    label: str = "",
    offers: str = "",
    patience: float = 0.1,
    mount: str = "",
    conditions: Conditions | None = None,
    tells_people: bool = True,
) -> Rig:
    """Return a provider of the shelf on the bench, with no waiting between tries.

    Args:
        made: the provider's class.
        folder: where a user's offers file may lie.
        ask: what it is asked.
        label: of its model.
        offers: lines of a user's own offers file.
        patience: seconds until a vendor that is slow is given up.
        mount: of its stand-in; its own name unless given.
        conditions: under which the stand-in works.
        tells_people: whether the vendor tells a real person from other refused input.
    """
    vendor, mine = Ruled(mount or made.name, conditions), folder / "own.toml"
    mine.write_text(offers)
    address = f"STILLREEL_{made.name.upper().replace('-', '_')}_BASE_URL"
    return bench(
        made,
        vendor,
        ask,
        label=label,
        mine=mine,
        environment={address: f"http://127.0.0.1:9/{vendor.name}"},
        patience=patience,
        tells_people=tells_people,
    )


def answering(
    made: type[Made], *answers: Any, label: str = "", mine: Path | None = None
) -> tuple[Made, list[httpx2.Request]]:
    """Return a provider before a vendor that gives these answers in turn, the last for good.

    Args:
        made: the provider's class.
        answers: JSON, or whole responses.
        label: of its model.
        mine: a user's own offers file.
    """
    left, seen = list(answers), list[httpx2.Request]()

    def answer(request: httpx2.Request) -> httpx2.Response:
        seen.append(request)
        body = left.pop(0) if len(left) > 1 else left[0]
        return body if isinstance(body, httpx2.Response) else httpx2.Response(200, json=body)

    async def at_once(seconds: float) -> None:
        assert seconds >= 0

    transport = httpx2.MockTransport(answer)
    able = made(label, mine, key=SECRET, environment={}, transport=transport, pause=at_once)
    return able, seen
