"""One door for the tiers that nobody has to be asked for: embedded always, model with its weights.

A kit of models makes it the model tier, None the embedded one. No tier answers in another's place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.measure.nouns import Instances, NotMeasurable

if TYPE_CHECKING:
    from stillreel.measure.model.card import Style
    from stillreel.measure.model.kit import Kit
    from stillreel.measure.nouns import IdentityScore, Image


_SURE = 0.75
"""How sure a count must be where a place lies behind the people."""
_FLAT = 8
"""Levels of 255 within which a picture is of one colour, noise of its compression included."""


def likeness(
    reference: Image, candidate: Image, kit: Kit | None = None, style: Style | None = None
) -> IdentityScore | NotMeasurable:
    """Score how far a crop shows the reference's character; each holds one figure.

    Args:
        reference: (height, width, 3) BGR pixels.
        candidate: (height, width, 3) BGR pixels, of any other size.
        kit: the learned models, for the model tier.
        style: what the pictures are, where it is known.

    Raises:
        Damaged: weights cannot be run as their card says.
    """
    if kit is None:
        from stillreel.measure.likeness.identity import identity

        if _flat(reference) or _flat(candidate):
            return NotMeasurable("a picture is of one colour and shows nobody", "embedded")
        return identity(reference, candidate)
    from stillreel.measure.model import identity as learned

    return learned.identity(reference, candidate, kit, style)


def headcount(
    image: Image, kit: Kit | None = None, like: Image | None = None, style: Style | None = None
) -> Instances:
    """Count the depictions of people; the count is None where the tier cannot measure it.

    Args:
        image: (height, width, 3) BGR pixels.
        kit: the learned models, for the model tier.
        like: picture of one figure: count also those that look like it.
        style: what the picture is, where it is known.

    Raises:
        Damaged: weights cannot be run as their card says.
    """
    if kit is None:
        from stillreel.measure.people.instances import instances

        return instances(image, like)
    from stillreel.measure.model import instances as learned

    found = learned.instances(image, kit, like, style)
    if isinstance(found, NotMeasurable):
        return Instances(None, (), None, 0.0, found.tier)
    return found


def sure_headcount(image: Image, kit: Kit | None = None, like: Image | None = None) -> int | None:
    """Return the headcount of a panel or frame, None where it is not sure.

    A panel has a place behind its people, whose trees and lamps may stand apart as people do.

    Args:
        image: (height, width, 3) BGR pixels.
        kit: the learned models, for the model tier.
        like: picture of one figure: count only those that look like it.

    Raises:
        Damaged: weights cannot be run as their card says.
    """
    found = headcount(image, kit, like)
    if found.confidence < _SURE:
        return None
    return found.count if like is None else found.same_as_reference


def lone(image: Image, kit: Kit) -> Image | None:
    """Return the one person a detector sees in a picture; None where it sees none, or several."""
    found = headcount(image, kit)
    return found.boxes[0].crop(image) if found.count == 1 else None


def _flat(image: Image) -> bool:
    return int(np.ptp(image, axis=(0, 1)).max()) <= _FLAT
