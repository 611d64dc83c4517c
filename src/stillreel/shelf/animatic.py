"""The embedded motion backend: moves the panels of a board on this machine, for nothing.

Boards drawn by the pencil are composed again as layers with figures that act; pictures from any
other source are cut into a subject and a background and moved as they are. Every panel is a piece
by itself: what changed is moved anew, the rest of the clip is copied.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.errors import Refused
from stillreel.providers.bench import AtOnce
from stillreel.providers.seam import Delivered, Piece
from stillreel.values.digest import of_value
from stillreel.values.take import Footage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.draw.motion.clip import PanelOrder
    from stillreel.providers.ask import MotionAsk
    from stillreel.providers.seam import Job, Quote

_SECONDS_PER_SECOND = {"draft": (0.2, 1.6), "publish": (0.4, 3.0)}
"""CPU seconds for one second of film at 1080 lines, from benchmarks/motion.py."""
_LINES = 1080


class Animatic(AtOnce):
    """Moves boards with camera, depth, acting figures and weather."""

    id = "animatic"
    package = "stillreel.shelf"
    needs = ("av", "cv2", "numpy")
    tools = ("av", "stillreel.draw.look", "stillreel.draw.motion.clip")

    def quote(self, ask: MotionAsk) -> Quote:
        """Price an ask: no money, and CPU time by its length and size."""
        frames = sum(panel.frames for panel in ask.board.panels)
        low, high = _SECONDS_PER_SECOND[ask.quality]
        size = frames / ask.fps * (ask.height / _LINES) ** 2
        return self.timed(low * size, high * size)

    async def submit(self, ask: MotionAsk, key: str) -> Job:
        """Move the board at once, panel after panel, and return the finished job.

        Raises:
            Refused: the size is beyond what it does.
            MediaError: a panel picture cannot be read, or the encoder fails.
        """
        made = [
            Footage(self.piece(ask, number), piece.frames)
            for number, piece in enumerate(self.pieces(ask))
        ]
        return self.join(ask, key, made)

    def pieces(self, ask: MotionAsk) -> tuple[Piece, ...]:
        """Return the panels of an ask as pieces, each known by all that it is made of.

        Raises:
            Refused: the size is beyond what it does.
        """
        low, high = self.offer.sides
        if not (low <= ask.width <= high and low <= ask.height <= high):
            raise Refused(
                f"The animatic cannot make {ask.width}x{ask.height} pixels.",
                where=ask.subject,
                next_step=f"Choose sides between {low} and {high} pixels.",
            )
        return tuple(
            Piece(self._key(ask, number), panel.frames)
            for number, panel in enumerate(ask.board.panels)
        )

    def piece(self, ask: MotionAsk, number: int) -> bytes:
        """Return one panel moved, as a clip of its own.

        Raises:
            MediaError: the panel picture cannot be read, or the encoder fails.
        """
        from stillreel.draw.look import named
        from stillreel.draw.motion.clip import move

        look = named(ask.drawn_by)
        picture = b"" if look is not None else ask.panels[number].file.read_bytes()
        return move(_order(ask, number), look, picture)

    def join(self, ask: MotionAsk, key: str, parts: Sequence[Footage]) -> Job:
        """Return the finished job of a clip whose panels are all in hand.

        Raises:
            MediaError: a panel cannot be read.
        """
        from stillreel.draw.motion.join import join

        return self.done(key, Delivered(join(parts, ask.fps, ask.quality), "video/mp4"))

    def _key(self, ask: MotionAsk, number: int) -> str:
        from stillreel.draw.look import names

        drawn = ask.drawn_by in names()
        seen = ask.drawn_by if drawn else ask.panels[number].digest
        return of_value([self.id, self.offer.version, _order(ask, number), seen])


def _order(ask: MotionAsk, number: int) -> PanelOrder:
    from stillreel.draw.motion.clip import Order, alone

    order = Order(
        board=ask.board,
        width=ask.width,
        height=ask.height,
        fps=ask.fps,
        quality=ask.quality,
        caption=ask.caption,
        seeds=ask.panel_seeds,
    )
    return alone(order, number)
