"""A stranger's package on disk: providers that come through the public door, not the shelf."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MODULE = '''
"""Providers of a package that stillreel has never heard of."""
from datetime import date

from stillreel.providers.offer import Offer
from stillreel.providers.seam import Delivered, Job, Piece, Quote, Status
from stillreel.values.money import Money

PNG = b"\\x89PNG\\r\\n\\x1a\\n" + bytes(16)


class Crayon:
    id = "crayon"
    price = Money()
    local = True

    @property
    def offer(self):
        return Offer(provider=self.id, dated=date(2026, 1, 1), makes="still", model="crayon 1",
                     version="1", local=self.local, price_usd=str(self.price))

    def status(self):
        return Status("ready")

    def quote(self, ask):
        return Quote(self.price, self.price)

    async def submit(self, ask, key):
        data = PNG + f"{ask.subject} {ask.take} {ask.seed} {ask.prompt}".encode()
        if ask.subject == "nobody":
            return Job(self.id, key, "1", "failed", message="moderation: a face too real")
        if ask.subject == "nothing":
            return Job(self.id, key, "1", "succeeded", Money())
        if ask.subject == "crash":
            import os
            os._exit(9)
        files = (Delivered(data, "image/png"),)
        return Job(self.id, key, "1", "succeeded", self.price, files=files)

    async def poll(self, job):
        return job

    async def fetch(self, job):
        return job.files

    async def find(self, key):
        return None

    async def cancel(self, job):
        return job


class Gold(Crayon):
    id = "gold"
    price = Money(2_000_000)
    local = False


class Coins(Gold):
    """A front-end that strikes several takes by one call, and says of each by how large a one."""

    id = "coins"

    @property
    def offer(self):
        return Offer(provider=self.id, dated=date(2026, 1, 1), makes="still", model="coins 1",
                     version="1", pictures_at_once=10)

    async def submit(self, ask, key):
        return (await self.submit_several([ask], [key]))[0]

    async def submit_several(self, asks, keys):
        def struck(ask, key):
            files = (Delivered(PNG + key.encode(), "image/png"),)
            return Job(self.id, key, key, "succeeded", self.price, files=files,
                       model=f"{len(keys)} at once")

        return tuple(map(struck, asks, keys))


class Flipbook(Crayon):
    """A platform in pieces: sixteen bytes of head, then eight for each frame."""

    id = "flipbook"
    head = b"\\0\\0\\0\\x10ftypisom" + bytes(4)

    @property
    def offer(self):
        return Offer(provider=self.id, dated=date(2026, 1, 1), makes="motion", model="flipbook 1",
                     version="1", local=True)

    async def submit(self, ask, key):
        raise AssertionError("a clip that can be had in pieces is had in pieces")

    def pieces(self, ask):
        return tuple(Piece(f"{one.id} {one.line}", one.frames) for one in ask.board.panels)

    def piece(self, ask, number):
        panel = ask.board.panels[number]
        with open(ask.prompt, "a") as log:
            log.write(f"{panel.id}\\n")
        return self.head + f"{panel.line:8.8}".encode() * panel.frames

    def join(self, ask, key, parts):
        data = self.head
        for part in parts:
            whole = part.source if isinstance(part.source, bytes) else part.source.read_bytes()
            data += whole[16 + 8 * part.first:][:8 * part.frames]
        return Job(self.id, key, "1", "succeeded", files=(Delivered(data, "video/mp4"),))


class Broken:
    def __init__(self):
        raise ImportError("the extra [broken] is not installed")
'''

POINTS = """
[stillreel.providers]
crayon = stranger_package:Crayon
gold = stranger_package:Gold
coins = stranger_package:Coins
flipbook = stranger_package:Flipbook
broken = stranger_package:Broken
"""


def install(folder: Path) -> None:
    """Put the package into `folder`, as an installer would have."""
    (folder / "stranger_package.py").write_text(MODULE)
    info = folder / "stranger_package-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: stranger-package\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(POINTS)
