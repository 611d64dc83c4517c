"""Clips in pieces: what a clip before had is copied, the rest is made on every core."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, cast

from stillreel.engine.hands import give_back
from stillreel.engine.together import together
from stillreel.providers import registry
from stillreel.values.take import Footage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from stillreel.engine.hands import Hands
    from stillreel.ledger.book import Ledger
    from stillreel.providers.ask import MotionAsk
    from stillreel.providers.seam import Delivered, Job, Piece, Piecewise
    from stillreel.values.take import StoredFile


class Pieces:
    """Makes clips of platforms that work in pieces; only workers ever hold a picture."""

    def __init__(
        self, ledger: Ledger, hands: Hands, whole: Callable[[StoredFile], Path | None]
    ) -> None:
        """Tie the pieces to their film.

        Args:
            ledger: knows which take has which piece.
            hands: where pieces are made and joined.
            whole: returns where a stored file lies, or None when it is gone or damaged.
        """
        self._ledger = ledger
        self._hands = hands
        self._whole = whole

    async def carry(
        self, provider: str, ask: MotionAsk, key: str
    ) -> tuple[Job, tuple[Delivered, ...]]:
        """Return the finished job of an ask, and remember which pieces its clip has.

        Args:
            provider: id of a platform that is `Piecewise`.
            ask: what is to be moved.
            key: id of the take it becomes.

        Raises:
            ProviderError: the platform refused or failed.
        """
        pieces = await self._hands.do(_listed, provider, ask)
        known = self._known(pieces)
        parts = await together(
            *(
                self._part(provider, ask, number, piece, known.get(piece.key))
                for number, piece in enumerate(pieces)
            )
        )
        job = await self._hands.do(_joined, provider, ask, key, parts)
        firsts = accumulate((piece.frames for piece in pieces[:-1]), initial=0)
        self._ledger.lay_pieces(
            key, {piece.key: first for piece, first in zip(pieces, firsts, strict=True)}
        )
        return job, job.files

    def _known(self, pieces: tuple[Piece, ...]) -> dict[str, Footage]:
        """Return the pieces that lie in the clips of takes that are whole."""
        found: dict[str, Footage] = {}
        for piece in pieces:
            take_id, first = self._ledger.piece(piece.key) or ("", 0)
            take = self._ledger.take(take_id) if take_id else None
            path = self._whole(take.main) if take else None
            if path is not None:
                found[piece.key] = Footage(path, piece.frames, first)
        return found

    async def _part(
        self, provider: str, ask: MotionAsk, number: int, piece: Piece, known: Footage | None
    ) -> Footage:
        if known is not None:
            return known
        return Footage(await self._hands.do(_made, provider, ask, number), piece.frames)


def _able(provider: str) -> Piecewise:
    return cast("Piecewise", registry.motion(provider))


def _listed(provider: str, ask: MotionAsk) -> tuple[Piece, ...]:
    """Say what a clip is made of; runs in a worker, which has loaded the platform anyway."""
    return _able(provider).pieces(ask)


def _made(provider: str, ask: MotionAsk, number: int) -> bytes:
    """Make one piece; runs in a worker."""
    try:
        return _able(provider).piece(ask, number)
    finally:
        give_back()


def _joined(provider: str, ask: MotionAsk, key: str, parts: list[Footage]) -> Job:
    """Put the pieces together; runs in a worker."""
    return _able(provider).join(ask, key, parts)
