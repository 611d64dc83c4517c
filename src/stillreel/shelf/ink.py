"""The embedded front-end of line: contours, four tones, hatching and one spot colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.providers.bench import Bench

if TYPE_CHECKING:
    from stillreel.providers.ask import StillAsk


class Ink(Bench):
    """Draws the sheets and boards of an ask from its scene; the prompt is kept for the record."""

    id = "ink"
    package = "stillreel.shelf"
    tools = ("stillreel.draw.ink", "stillreel.draw.page", "stillreel.draw.figure")

    def picture(self, ask: StillAsk) -> bytes:
        """Return the picture of an ask as PNG bytes: same ask, same bytes."""
        from stillreel.draw import ink, page

        scene = ask.sheet if ask.kind == "sheet" else ask.board
        assert scene is not None
        size = (ask.width, ask.height)
        return page.png(page.drawn(scene, ink, *size, seed=ask.seed, panel=ask.panel))
