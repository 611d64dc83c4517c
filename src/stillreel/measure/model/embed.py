"""Figures as vectors, how alike two vectors are, and that likeness as a score."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.measure.model.prepare import fitted, tensor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from stillreel.measure.model.calibrate import Scale
    from stillreel.measure.model.card import Style
    from stillreel.measure.model.network import Network
    from stillreel.measure.nouns import Image

    Vectors = NDArray[np.float32]


def embed(pictures: Sequence[Image], network: Network) -> Vectors:
    """Return (count, length) vectors of length 1, one for each crop of one figure or face."""
    card = network.card
    numbers = network.answer(tensor([fitted(one, card).pixels for one in pictures], card))
    if card.answer == "first-token":
        numbers = numbers[:, 0]
    vectors = numbers.reshape(len(pictures), -1)
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)


def cosines(ours: Vectors, theirs: Vectors) -> Vectors:
    """Return (N, M) cosines between two sets of vectors of length 1."""
    return np.clip(ours @ theirs.T, -1, 1)


def score(cosine: float, scale: Scale) -> float:
    """Return 0..1 for a cosine: 0.5 at the threshold, straight lines to both ends."""
    if cosine < scale.threshold:
        share = (cosine - scale.low) / (scale.threshold - scale.low)
        return 0.5 * float(np.clip(share, 0, 1))
    share = (cosine - scale.threshold) / (scale.high - scale.threshold)
    return 0.5 + 0.5 * float(np.clip(share, 0, 1))


def style_of(image: Image, network: Network) -> Style | None:
    """Return whether a picture is drawn or photoreal, or None where the model is not sure."""
    card = network.card
    shares = network.answer(tensor([fitted(image, card).pixels], card))[0]
    best = int(np.argmax(shares))
    return card.classes[best] if float(shares[best]) >= card.floor else None
