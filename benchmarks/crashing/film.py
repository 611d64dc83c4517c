"""One rehearsed film: so many clips bought through the real walk, till and engine; may be killed.

Run by `benchmarks/crash.py`; it prints `first` at its first word with the vendor and `done` at the
end, and its exit code is 0 only when every clip is recorded.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import time
from pathlib import Path

BORN = time.time()


def main() -> int:
    words = argparse.ArgumentParser()
    words.add_argument("folder", type=Path)
    words.add_argument("--clips", type=int, default=40)
    words.add_argument("--provider", default="ark")
    words.add_argument("--pace", type=float, default=1.0)
    words.add_argument("--ceiling", default="1000.00")
    words.add_argument("--told", action="store_true", help="print when the vendor is first met")
    chosen = words.parse_args()
    from stillreel.cli.env import offers
    from stillreel.ledger import lock
    from stillreel.providers import registry

    registry.offers_from(offers())
    with lock.held(chosen.folder / ".stillreel", f"process {os.getpid()}"):
        return asyncio.run(_film(chosen))


async def _film(chosen: argparse.Namespace) -> int:
    from stillreel.engine.hands import Hands
    from stillreel.engine.walk import Walk
    from stillreel.errors import StillreelError
    from stillreel.production.buying import Buying, Terms
    from stillreel.production.folder import Folder
    from stillreel.production.open import ledger_of, utc_now
    from stillreel.values.money import Money

    folder = Folder(chosen.folder)
    database = os.environ.get("STILLREEL_DATABASE_URL", "")
    with ledger_of(folder) as (ledger, store):
        terms = Terms(database, Money.parse(chosen.ceiling), chosen.pace)
        buying = Buying(folder, ledger, store, terms)
        walk = Walk(
            ledger, store, Hands(1), till=buying.till, clock=utc_now, notify=lambda *_: None
        )
        if chosen.told:
            _tell_first()
        await buying.till.greet()
        asks = [_ask(number, store, chosen.provider) for number in range(1, chosen.clips + 1)]
        try:
            found = await asyncio.gather(
                walk.finish(),
                *(walk.motion(ask, chosen.provider) for ask in asks),
                return_exceptions=True,
            )
        finally:
            await buying.close()
        failed = [one for one in found if isinstance(one, BaseException)]
        for error in failed:
            sys.stderr.write(f"{type(error).__name__}: {error}\n")
            if not isinstance(error, StillreelError):
                raise error
        sys.stdout.write(f"done {len(ledger.takes('clip'))} {time.process_time():.3f}\n")
        return 1 if failed else 0


def _tell_first() -> None:
    """Say when the vendor was first met, from the moment the process was asked for."""
    import httpx2

    began = float(os.environ.get("STILLREEL_ASKED_AT", BORN))
    whole, told = httpx2.AsyncClient.send, []

    async def send(self: httpx2.AsyncClient, *given: object, **named: object) -> httpx2.Response:
        if not told:
            told.append(True)
            sys.stdout.write(f"first {time.time() - began:.3f} {time.process_time():.3f}\n")
            sys.stdout.flush()
        return await whole(self, *given, **named)

    httpx2.AsyncClient.send = send


def _ask(number: int, store: object, provider: str) -> object:
    from stillreel.providers.ask import MotionAsk, Reference
    from stillreel.values.scene import BoardScene, PanelScene, Setting

    board_file = _picture(store)
    setting = Setting(id="street", name="the street", kind="street")
    panels = tuple(
        PanelScene(id=f"C{number:02}.P{n}", setting=setting, frames=16) for n in range(1, 10)
    )
    reference = Reference("board", "board", board_file[0], board_file[1])
    frames = provider.startswith("pollo")
    return MotionAsk(
        subject=f"C{number:02}",
        prompt=f"Shot 1: clip {number}. Image 1 is a 3x3 storyboard. Exactly one person in frame.",
        width=1280,
        height=720,
        fps=24,
        read="frames" if frames else "grid",
        seed=number,
        take=1,
        board=BoardScene(id=f"C{number:02}", panels=panels),
        panels=(reference, reference) if frames else (),
        drawn_by="",
        references=() if frames else (reference,),
    )


def _picture(store: object, known: dict[str, tuple[str, Path]] = {}) -> tuple[str, Path]:  # noqa: B006 - made once
    if "board" not in known:
        import zlib

        # a grey PNG of 1280x720, written by hand: this process must start as quickly as a real one
        def chunk(kind: bytes, data: bytes) -> bytes:
            whole = kind + data
            return len(data).to_bytes(4, "big") + whole + zlib.crc32(whole).to_bytes(4, "big")

        head = (1280).to_bytes(4, "big") + (720).to_bytes(4, "big") + bytes([8, 0, 0, 0, 0])
        rows = b"".join(b"\0" + bytes([128]) * 1280 for _ in range(720))
        png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head)
        png += chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
        file = store.keep(png, "image/png")
        known["board"] = (file.digest, store.path(file.digest, "image/png"))
    return known["board"]


if __name__ == "__main__":
    sys.exit(main())
