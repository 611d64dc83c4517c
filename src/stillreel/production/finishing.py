"""The last touches, in the one order that keeps them: pixel mark, tags, then the credentials."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from stillreel.ledger.store import storage_error
from stillreel.trail.mark.nouns import Mark
from stillreel.values.carried import carries_c2pa

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from stillreel.engine.walk import Walk
    from stillreel.ledger.book import Ledger
    from stillreel.production.open import Opened
    from stillreel.production.signing import Signing
    from stillreel.values.take import Quality, Take

_CARDS = ("title", "credits")
"""Beside the clips lie the cards of the film, for its timeline."""


class Finishing:
    """Brings a film that was just cut from the cache to out/, whole or not at all."""

    def __init__(
        self,
        opened: Opened,
        ledger: Ledger,
        work: Walk,
        signing: Signing | None,
        identity: str,
        name: str,
    ) -> None:
        """Take what the film is and who signs it.

        Args:
            opened: the project.
            ledger: where it is said how the film was marked.
            work: where pictures are marked.
            signing: signs the film; None leaves it unsigned.
            identity: digest of everything that made the film.
            name: file name without ending.
        """
        self._opened = opened
        self._ledger = ledger
        self._work = work
        self._signing = signing
        self._identity = identity
        self._out = opened.folder.out / f"{name}.mp4"

    async def finish(self, cut: Path, takes: Sequence[Take]) -> Path:
        """Return the film in out/; what was made on the way is removed.

        Args:
            cut: picture and sound, as they were put together.
            takes: of its clips, in order.

        Raises:
            StillreelError: the film cannot be marked, tagged, signed or written; `out` has the film
                that was there before.
        """
        rules, steps = self._opened.settings.disclosure, [cut]
        if rules.mark:
            steps.append(cut.with_suffix(".marked.mp4"))
            mark = Mark(mark_id(self._identity))
            await self._work.compute(_mark, cut, steps[-1], mark, self._quality)
            told = f"pixel mark {mark.id:06x}, strength {mark.strength}"
            self._ledger.say("marked", stage="film", subject=self._out.stem, message=told)
        if self._signing is None:
            self._lay(steps[-1])
            (self._out.with_suffix(".c2pa")).unlink(missing_ok=True)
        else:
            await asyncio.to_thread(self._sign, steps, takes)
        for step in steps:
            step.unlink(missing_ok=True)
        return self._out

    @property
    def _quality(self) -> Quality:
        return self._opened.settings.film.quality

    def _lay(self, made: Path) -> None:
        try:
            made.replace(self._out)
        except OSError as error:
            raise storage_error(error, self._out) from error

    def _sign(self, steps: list[Path], takes: Sequence[Take]) -> None:
        from stillreel.trail.signing.tags import Aigc, tag

        assert self._signing is not None
        producer = self._opened.settings.disclosure.aigc_producer
        aigc = Aigc(producer, self._identity[:32]) if producer else None
        made = steps[-1]
        steps.append(made.with_suffix(".tagged.mp4"))
        tag(made, steps[-1], self._signing.lineage.source_type(takes), aigc)
        title = self._opened.plan.title
        for name in _CARDS:
            card = self._out.parent / "clips" / f"{name}.mp4"
            if card.is_file() and not carries_c2pa(card):
                self._signing.card(card, f"{title}: {name}")
        self._signing.film(steps[-1], self._out, title, takes)


def mark_id(identity: str) -> int:
    """Return the number that a film's pixel mark carries: the first 24 bits of its identity."""
    return int(identity[:6], 16)


def _mark(source: Path, target: Path, mark: Mark, quality: Quality) -> None:
    """Write a marked copy; runs in a worker."""
    from stillreel.trail.mark.film import mark_film

    mark_film(source, target, mark, quality)
