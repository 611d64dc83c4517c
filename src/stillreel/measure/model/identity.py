"""Is this the same character, as a learned model sees it: a face, a drawn figure, or any figure.

Parallel to the embedded tier. What the right model cannot see, or has no threshold for, is not
measurable; another model never answers in its place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from stillreel.measure.model.calibrate import scale_of
from stillreel.measure.model.detect import faces
from stillreel.measure.model.embed import cosines, embed, score, style_of
from stillreel.measure.model.prepare import aligned, views
from stillreel.measure.nouns import Attribute, IdentityScore, NotMeasurable

if TYPE_CHECKING:
    from stillreel.measure.model.card import Job, Style
    from stillreel.measure.model.detect import Find
    from stillreel.measure.model.kit import Kit
    from stillreel.measure.model.network import Network
    from stillreel.measure.nouns import Image, WeightsUsed

SAME_FROM = 0.5
"""Lower end of the interval from which two are taken for one character: the threshold's score."""
_LEAST_FACE = 40
"""Shorter side of a face in pixels below which a face model sees nothing."""
_NAMES: dict[Job, str] = {"face": "face", "drawn": "drawn figure", "general": "figure"}
_UNSEEN = ("hair", "skin", "outfit", "marks")


class _Choice(NamedTuple):
    """Which model looks, at which pictures."""

    network: Network
    reference: Image
    candidate: Image
    helped: tuple[WeightsUsed, ...]
    """Weights that found the face, or told the style."""


def identity(
    reference: Image, candidate: Image, kit: Kit, style: Style | None = None
) -> IdentityScore | NotMeasurable:
    """Score how far a candidate crop shows the reference's character; each holds one figure.

    A photoreal pair with a face of 40 px in both is judged by the face model, a drawn pair by the
    model for drawn characters, everything else by the general one.

    Args:
        reference: (height, width, 3) BGR pixels.
        candidate: (height, width, 3) BGR pixels, of any other size.
        kit: the models at hand.
        style: what the film is, where it is known; else the style model says, if it is at hand.

    Raises:
        NotConfigured: onnxruntime is not installed.
        Damaged: weights cannot be run as their card says.
    """
    choice = _choose(reference, candidate, kit, style)
    if isinstance(choice, NotMeasurable):
        return choice
    scale = scale_of(choice.network.weights)
    if scale is None:
        name = choice.network.card.id
        return NotMeasurable(
            f"The model {name!r} has no threshold for characters until it is calibrated.", "model"
        )
    ours, theirs = (
        embed(views(one), choice.network) for one in (choice.reference, choice.candidate)
    )
    close = cosines(ours, theirs)
    middle = score(float(close[0, 0]), scale)
    spread = np.quantile(close, (0.025, 0.975))
    low, high = (score(float(edge), scale) for edge in spread)
    low, high = min(low, middle), max(high, middle)
    seen = Attribute(_NAMES[choice.network.card.job], round(middle, 4))
    unseen = (Attribute(name, None) for name in _UNSEEN)
    used = (choice.network.weights.used, *choice.helped)
    return IdentityScore(
        middle, (low, high), low >= SAME_FROM, "model", (seen, *unseen), weights=used
    )


def _choose(
    reference: Image, candidate: Image, kit: Kit, style: Style | None
) -> _Choice | NotMeasurable:
    helped: tuple[WeightsUsed, ...] = ()
    teller = kit.network("style") if style is None else None
    if teller is not None:
        style = style_of(reference, teller)
        helped = (teller.weights.used,)
        if style_of(candidate, teller) != style:
            style = None
    if style == "photoreal":
        found = _face_pair(reference, candidate, kit, helped)
        if found is not None:
            return found
    job: Job = "drawn" if style == "drawn" else "general"
    network = kit.network(job)
    if network is None:
        return NotMeasurable(f"The model for a {_NAMES[job]} is not here.", "model")
    return _Choice(network, reference, candidate, helped)


def _face_pair(
    reference: Image, candidate: Image, kit: Kit, helped: tuple[WeightsUsed, ...]
) -> _Choice | NotMeasurable | None:
    """Return the two faces; None when one shows none that is large enough."""
    finder, teller = kit.network("face-boxes"), kit.network("face")
    if finder is None or teller is None:
        return NotMeasurable(
            "The pictures are photoreal and the face models are not here.", "model"
        )
    pair: list[Image] = []
    for image in (reference, candidate):
        face = _largest(faces(image, finder))
        if face is None:
            return None
        points = np.array(face.points, np.float32)
        pair.append(aligned(image, points, teller.card.size))
    return _Choice(teller, pair[0], pair[1], (*helped, finder.weights.used))


def _largest(found: tuple[Find, ...]) -> Find | None:
    large = [one for one in found if min(one.box.width, one.box.height) >= _LEAST_FACE]
    return max(large, key=lambda one: (one.box.area, one.box)) if large else None
