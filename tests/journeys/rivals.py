"""A stranger's front-end and platform on disk, quick enough for a whole contest on moved shots."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MODULE = '''
"""A front-end whose boards forget what people look like, and a platform that holds every panel."""
import io
from datetime import date
from fractions import Fraction

from stillreel.errors import Lost
from stillreel.providers.offer import Offer
from stillreel.providers.seam import Delivered, Job, Quote, Status
from stillreel.values.money import Money


class Smudge:
    id, makes = "smudge", "still"

    @property
    def offer(self):
        return Offer(provider=self.id, dated=date(2026, 1, 1), makes=self.makes, model=self.id,
                     version="1", local=True, chance=True)

    def status(self):
        return Status("ready")

    def quote(self, ask):
        return Quote()

    def made(self, ask):
        import cv2

        from stillreel.draw import lumen, page

        sheet = ask.kind == "sheet"
        small = 1 if sheet else 4
        size = (ask.width // small, ask.height // small)
        drawn = page.drawn(ask.sheet or ask.board, lumen, *size, seed=ask.seed, panel=ask.panel)
        if not sheet:
            drawn = cv2.resize(drawn[:, :, ::-1], (ask.width, ask.height))
        return page.png(drawn), "image/png"

    async def submit(self, ask, key):
        data, kind = self.made(ask)
        return Job(self.id, key, "1", "succeeded", Money(), files=(Delivered(data, kind),))

    async def poll(self, job):
        return job

    async def fetch(self, job):
        return job.files

    async def find(self, key):
        return None

    async def cancel(self, job):
        return job


class Mute(Smudge):
    id = "mute"

    def made(self, ask):
        if ask.kind != "sheet":
            raise Lost("the line went dead", charged="unknown")
        return super().made(ask)


class Flipbook(Smudge):
    id, makes = "flipbook", "motion"

    def made(self, ask):
        import av
        import cv2

        out = io.BytesIO()
        with av.open(out, "w", format="mp4") as box:
            stream = box.add_stream("libx264", rate=ask.fps, options={"preset": "ultrafast"})
            stream.width, stream.height, stream.pix_fmt = ask.width, ask.height, "yuv420p"
            for panel, still in zip(ask.board.panels, ask.panels):
                size = (ask.width, ask.height)
                picture = cv2.resize(cv2.imread(str(still.file)), size)
                for _ in range(panel.frames):
                    box.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="bgr24")))
            box.mux(stream.encode())
        return out.getvalue(), "video/mp4"
'''

POINTS = """
[stillreel.providers]
smudge = rival_package:Smudge
mute = rival_package:Mute
flipbook = rival_package:Flipbook
"""


def install(folder: Path) -> None:
    """Put the package into `folder`, as an installer would have."""
    (folder / "rival_package.py").write_text(MODULE)
    info = folder / "rival_package-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: rival-package\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(POINTS)
