"""How often somebody is depicted, as a person detector sees it; parallel to the embedded tier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.measure.model.detect import people
from stillreel.measure.model.embed import style_of
from stillreel.measure.model.identity import identity
from stillreel.measure.nouns import IdentityScore, Instances, NotMeasurable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.measure.model.card import Style
    from stillreel.measure.model.kit import Kit
    from stillreel.measure.nouns import Box, Image


def instances(
    image: Image, kit: Kit, like: Image | None = None, style: Style | None = None
) -> Instances | NotMeasurable:
    """Count the depictions of people in a sheet, a panel or a frame.

    Args:
        image: (height, width, 3) BGR pixels.
        kit: the models at hand.
        like: the reference, one figure, (height, width, 3) BGR pixels: count also who is the same.
        style: what the film is, where it is known; else the style model says, if it is at hand.

    Raises:
        NotConfigured: onnxruntime is not installed.
        Damaged: weights cannot be run as their card says.
    """
    teller = kit.network("style") if style is None else None
    if teller is not None:
        style = style_of(image, teller)
    finder = kit.network("person", style)
    if finder is None:
        return NotMeasurable("No model that finds people in such a picture is here.", "model")
    found = people(image, finder)
    boxes = _reading([one.box for one in found])
    used = {finder.weights.used: None}
    if teller is not None:
        used[teller.weights.used] = None
    same: int | None = None
    if like is not None:
        scores = [identity(like, box.crop(image), kit, style) for box in boxes]
        known = [one for one in scores if isinstance(one, IdentityScore)]
        used |= {weights: None for one in known for weights in one.weights}
        if len(known) == len(scores):
            same = sum(one.same for one in known)
    sure = min((one.sure for one in found), default=0.0)
    return Instances(len(boxes), boxes, same, sure, "model", weights=tuple(used))


def _reading(boxes: Sequence[Box]) -> tuple[Box, ...]:
    """Return boxes row by row: a row is what overlaps its first box's middle."""
    left = sorted(boxes, key=lambda box: (box.top, box.left))
    ordered: list[Box] = []
    while left:
        middle = (left[0].top + left[0].bottom) / 2
        row = [box for box in left if box.top <= middle <= box.bottom]
        ordered += sorted(row, key=lambda box: box.left)
        left = [box for box in left if box not in row]
    return tuple(ordered)
