"""Learned weights on the command line: a yes to each licence, given on a terminal."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from stillreel.cli import show

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.measure.model.card import Job, ModelCard, Style
    from stillreel.measure.model.kit import Kit

_FOR: dict[Style, tuple[Job, ...]] = {
    "photoreal": ("person", "face-boxes", "face", "general"),
    "drawn": ("person", "drawn"),
}
"""What is needed for pictures whose style is told."""


def kit_of(tier: str, jobs: Sequence[Job], style: Style | None, folder: Path | None) -> Kit | None:
    """Return the models a tier works with, or None for the embedded tier.

    Args:
        tier: `embedded` or `model`.
        jobs: what has to be done.
        style: what the pictures are, where it is known: only what they need is asked about.
        folder: of the weights; None for the usual one.

    Raises:
        NotConfigured: the extra or all weights are missing.
        Damaged: weights are not the file they should be.
    """
    if tier == "embedded":
        return None
    from stillreel.measure.model.kit import default_cards, open_kit, usual_folder

    wanted: list[Job] = [job for job in jobs if style is None or job in _FOR[style]]
    cards = [card for card in default_cards(wanted) if style is None or card.style in {None, style}]
    return open_kit(folder or usual_folder(Path.home()), cards, _agreed)


def _agreed(card: ModelCard) -> bool:
    """Show the terms on a terminal and return the answer; without a terminal it is no."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    show.story(f"{card.id}: {card.terms}")
    sys.stderr.write("Fetch it and agree to that? [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in {"y", "yes"}
