"""The embedded motion backend: moves the panels of a board on this machine, for nothing.

Boards drawn by the pencil are composed again as layers with figures that act; pictures from any
other source are cut into a subject and a background and moved as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.errors import Refused
from stillreel.providers.bench import AtOnce
from stillreel.providers.offer import load
from stillreel.providers.seam import Delivered

if TYPE_CHECKING:
    from stillreel.draw.motion.clip import Order
    from stillreel.providers.seam import Job, MotionAsk, Quote

_SECONDS_PER_SECOND = {"draft": (0.2, 1.6), "publish": (0.4, 3.0)}
"""CPU seconds for one second of film at 1080 lines, from benchmarks/motion.py."""
_LINES = 1080


class Animatic(AtOnce):
    """Moves boards with camera, depth, acting figures and weather."""

    id = "animatic"
    package = "stillreel.shelf"
    needs = ("av", "cv2", "numpy")

    def quote(self, ask: MotionAsk) -> Quote:
        """Price an ask: no money, and CPU time by its length and size."""
        frames = sum(panel.frames for panel in ask.board.panels)
        low, high = _SECONDS_PER_SECOND[ask.quality]
        size = frames / ask.fps * (ask.height / _LINES) ** 2
        return self.timed(low * size, high * size)

    async def submit(self, ask: MotionAsk, key: str) -> Job:
        """Move the board at once and return the finished job.

        Raises:
            Refused: the size, the rate or the number of panels is beyond what it does.
            MediaError: a panel picture cannot be read, or the encoder fails.
        """
        return self.done(key, Delivered(moved(ask), "video/mp4"))


def moved(ask: MotionAsk) -> bytes:
    """Return the clip of an ask as MP4 bytes; one thread, picklable, same ask same bytes.

    Raises:
        Refused: the size, the rate or the number of panels is beyond what it does.
        MediaError: a panel picture cannot be read, or the encoder fails.
    """
    from stillreel.draw.motion.clip import animate

    return animate(_order(ask))


def _order(ask: MotionAsk) -> Order:
    from stillreel.draw.look import named
    from stillreel.draw.motion.clip import Order

    low, high = load("stillreel.shelf", "animatic").sides
    if not (low <= ask.width <= high and low <= ask.height <= high):
        raise Refused(
            f"The animatic cannot make {ask.width}x{ask.height} pixels.",
            where=ask.subject,
            next_step=f"Choose sides between {low} and {high} pixels.",
        )
    look = named(ask.drawn_by)
    pictures = () if look is not None else tuple(ref.file.read_bytes() for ref in ask.panels)
    return Order(
        board=ask.board,
        width=ask.width,
        height=ask.height,
        fps=ask.fps,
        quality=ask.quality,
        caption=ask.caption,
        look=look,
        pictures=pictures,
        cores=ask.cores,
        seeds=ask.panel_seeds,
    )
