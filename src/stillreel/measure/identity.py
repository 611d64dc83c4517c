"""Is this the same character: colours of head, torso and legs, whatever the light.

This is the embedded tier. It sees outfit, hair and skin colour; it does not see faces, tattoos or
piercings, and says so instead of guessing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.measure.figure import foreground, lab_of
from stillreel.measure.nouns import Attribute, IdentityScore
from stillreel.measure.pictures import thumbnail

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.measure.nouns import Image

SAME_FROM = 0.75
"""Score from which two crops are taken for one character."""
_ZONES = (("head", 0.0, 0.2, 0.3), ("torso", 0.2, 0.55, 0.4), ("legs", 0.55, 1.0, 0.3))
"""Name, top and bottom as shares of the figure's height, weight."""
_DRAWS = 200
_STRIPS = 6
_L_BINS, _AB_BINS = 6, 14
_L_MEAN = 55.0


def identity(reference: Image, candidate: Image) -> IdentityScore:
    """Score how far a candidate crop shows the reference's character; each holds one figure.

    Args:
        reference: (height, width, 3) BGR pixels.
        candidate: (height, width, 3) BGR pixels, of any other size.
    """
    ours, theirs = _strips(reference), _strips(candidate)
    zones = [_zone_score(ours, theirs, zone) for zone in range(len(_ZONES))]
    weights = np.array([weight for *_, weight in _ZONES])
    score = float(np.dot(zones, weights))
    rng = np.random.default_rng(20_011)
    draws = np.empty(_DRAWS)
    for at in range(_DRAWS):
        pick = rng.integers(0, _STRIPS, size=(len(_ZONES), _STRIPS))
        drawn = [_zone_score(ours, theirs, zone, pick[zone]) for zone in range(len(_ZONES))]
        draws[at] = np.dot(drawn, weights)
    low, high = (float(edge) for edge in np.quantile(draws, (0.025, 0.975)))
    low, high = min(low, score), max(high, score)
    attributes = [
        Attribute(name, round(value, 4)) for (name, *_), value in zip(_ZONES, zones, strict=True)
    ]
    unseen = (Attribute(name, None) for name in ("face", "tattoo", "piercing"))
    return IdentityScore(score, (low, high), low >= SAME_FROM, "embedded", (*attributes, *unseen))


def _strips(image: Image) -> NDArray[np.float32]:
    """Return histograms (zone, strip, bin) of the figure; strips cut each zone top to bottom."""
    small = thumbnail(image, 256)
    mask = foreground(small)
    lab = lab_of(small)
    rows = np.nonzero(mask.any(axis=1))[0]
    top, tall = int(rows[0]), int(rows[-1] - rows[0] + 1)
    light = lab[:, :, 0]
    scaled = light * np.float32(_L_MEAN / max(8.0, float(light[mask].mean())))
    bins = _bins(scaled, lab[:, :, 1], lab[:, :, 2])
    found = np.zeros((len(_ZONES), _STRIPS, _L_BINS + _AB_BINS * _AB_BINS), np.float32)
    for zone, (_, start, end, _) in enumerate(_ZONES):
        edges = np.linspace(top + start * tall, top + end * tall, _STRIPS + 1).round().astype(int)
        for strip in range(_STRIPS):
            lines = slice(edges[strip], max(edges[strip] + 1, edges[strip + 1]))
            here = mask[lines]
            for part in range(2):
                found[zone, strip] += np.bincount(
                    bins[part][lines][here], minlength=found.shape[2]
                ).astype(np.float32)
    return found


def _bins(
    light: NDArray[np.float32], a: NDArray[np.float32], b: NDArray[np.float32]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the lightness bin and the colour bin of every pixel, numbered one after another."""
    lightness = np.clip(light / 100 * _L_BINS, 0, _L_BINS - 1).astype(np.intp)
    across = np.clip((a + 70) / 140 * _AB_BINS, 0, _AB_BINS - 1).astype(np.intp)
    down = np.clip((b + 70) / 140 * _AB_BINS, 0, _AB_BINS - 1).astype(np.intp)
    return lightness, _L_BINS + across * _AB_BINS + down


def _zone_score(
    ours: NDArray[np.float32],
    theirs: NDArray[np.float32],
    zone: int,
    pick: NDArray[np.int64] | None = None,
) -> float:
    """Return the cosine of the square-rooted histograms of one zone, smoothed over colours."""
    first = _smooth(ours[zone].sum(axis=0) if pick is None else ours[zone][pick].sum(axis=0))
    second = _smooth(theirs[zone].sum(axis=0) if pick is None else theirs[zone][pick].sum(axis=0))
    norm = float(np.linalg.norm(first) * np.linalg.norm(second))
    return float(np.dot(first, second)) / norm if norm else 0.0


def _smooth(histogram: NDArray[np.float32]) -> NDArray[np.float32]:
    """Share every bin with its neighbours, so that a shade on a bin's edge is not a jump."""
    light, colour = histogram[:_L_BINS], histogram[_L_BINS:].reshape(_AB_BINS, _AB_BINS)
    light = np.convolve(light, (0.25, 0.5, 0.25), "same")
    padded = np.pad(colour, 1)
    across = padded[:, :-2] * 0.25 + padded[:, 1:-1] * 0.5 + padded[:, 2:] * 0.25
    both = across[:-2] * 0.25 + across[1:-1] * 0.5 + across[2:] * 0.25
    return np.sqrt(np.concatenate([light * 0.5, both.ravel()])).astype(np.float32)
