"""Is this the same character: colours of head, torso and legs, whatever the light.

This is the embedded tier. It sees outfit, hair and skin colour; it does not see faces, tattoos or
piercings, and says so instead of guessing. In a picture without colour it can tell little, so its
interval is wide there and it never says `same`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from stillreel.measure.nouns import Attribute, IdentityScore
from stillreel.measure.people.figure import foreground, lab_of
from stillreel.measure.pictures import thumbnail

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.measure.nouns import Image

SAME_FROM = 0.5
"""Lower end of the interval from which two crops are taken for one character."""
_DIFFERENT, _SAME = 0.66, 0.97
"""Median likeness of different characters, and of one character, in published model output."""
_ZONES = (("head", 0.0, 0.2, 0.3), ("torso", 0.2, 0.55, 0.4), ("legs", 0.55, 1.0, 0.3))
"""Name, top and bottom as shares of the figure's height, weight."""
_DRAWS = 200
_SEED = 20_011
_COLOURED = 14.0
"""Chroma in Lab units below which a picture has no colour to go by."""
_BLIND = 0.5
"""How much wider the interval is without colour."""
_STRIPS = 6
_L_BINS, _AB_BINS = 6, 20
_L_MEAN = 55.0


def identity(reference: Image, candidate: Image) -> IdentityScore:
    """Score how far a candidate crop shows the reference's character; each holds one figure.

    Args:
        reference: (height, width, 3) BGR pixels.
        candidate: (height, width, 3) BGR pixels, of any other size.
    """
    ours, theirs = _figure(reference), _figure(candidate)
    rng = np.random.default_rng(_SEED)
    picks = rng.integers(0, _STRIPS, size=(_DRAWS, len(_ZONES), _STRIPS))
    zones: list[float] = []
    draws = np.zeros(_DRAWS)
    whole = np.ones((1, _STRIPS), np.float32)
    for zone, (*_, weight) in enumerate(_ZONES):
        # How often each strip is drawn: a draw with replacement is a weighted sum of strips.
        times = (picks[:, zone, :, None] == np.arange(_STRIPS)).sum(axis=1).astype(np.float32)
        likeness = _likeness(ours.strips[zone], theirs.strips[zone], np.concatenate([whole, times]))
        calibrated = np.clip((likeness - _DIFFERENT) / (_SAME - _DIFFERENT), 0.0, 1.0)
        zones.append(float(calibrated[0]))
        draws += weight * calibrated[1:]
    score = sum(value * weight for value, (*_, weight) in zip(zones, _ZONES, strict=True))
    low, high = (float(edge) for edge in np.quantile(draws, (0.025, 0.975)))
    low, high = min(low, score), max(high, score)
    coloured = min(ours.chroma, theirs.chroma) >= _COLOURED
    if not coloured:
        low = max(0.0, low - _BLIND)
    seen = (
        Attribute(name, round(value, 4)) for (name, *_), value in zip(_ZONES, zones, strict=True)
    )
    unseen = (Attribute(name, None) for name in ("face", "tattoo", "piercing"))
    colour = Attribute("colour", round(score, 4) if coloured else None)
    same = coloured and low >= SAME_FROM
    return IdentityScore(score, (low, high), same, "embedded", (*seen, colour, *unseen))


class _Figure(NamedTuple):
    """What is kept of a picture of one character."""

    strips: NDArray[np.float32]
    """Histograms (zone, strip, bin); strips cut each zone from top to bottom."""
    chroma: float
    """Colourfulness of its most colourful twentieth, in Lab units."""


def _figure(image: Image) -> _Figure:
    small = thumbnail(image, 256)
    mask = foreground(small)
    lab = lab_of(small)
    rows = np.nonzero(mask.any(axis=1))[0]
    top, tall = int(rows[0]), int(rows[-1] - rows[0] + 1)
    # Twice the light multiplies L + 16, a and b by one factor, so that factor is taken out.
    gain = np.float32((_L_MEAN + 16) / (16 + float(lab[:, :, 0][mask].mean())))
    shares = _shares((lab[:, :, 0] + 16) * gain - 16, lab[:, :, 1] * gain, lab[:, :, 2] * gain)
    found = np.zeros((len(_ZONES), _STRIPS, _L_BINS + _AB_BINS * _AB_BINS), np.float32)
    for zone, (_, start, end, _) in enumerate(_ZONES):
        edges = np.linspace(top + start * tall, top + end * tall, _STRIPS + 1).round().astype(int)
        for strip in range(_STRIPS):
            lines = slice(edges[strip], max(edges[strip] + 1, edges[strip + 1]))
            here = mask[lines]
            for bins, weights in shares:
                found[zone, strip] += np.bincount(
                    bins[lines][here], weights[lines][here], minlength=found.shape[2]
                )
    chroma = np.hypot(lab[:, :, 1], lab[:, :, 2])[mask]
    return _Figure(found, float(np.quantile(chroma, 0.95)))


def _shares(
    light: NDArray[np.float32], a: NDArray[np.float32], b: NDArray[np.float32]
) -> list[tuple[NDArray[np.intp], NDArray[np.float32]]]:
    """Return bins and weights of every pixel: it is shared between the bins it lies between."""
    lower, part = _between(light / 100 * _L_BINS, _L_BINS)
    found = [(lower, 1 - part), (lower + 1, part)]
    across, right = _between((a + 70) / 140 * _AB_BINS, _AB_BINS)
    down, far = _between((b + 70) / 140 * _AB_BINS, _AB_BINS)
    for x, x_part in ((across, 1 - right), (across + 1, right)):
        for y, y_part in ((down, 1 - far), (down + 1, far)):
            found.append((_L_BINS + x * _AB_BINS + y, x_part * y_part))
    return found


def _between(
    place: NDArray[np.floating], count: int
) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """Return the lower of the two bins a value lies between, and how far it is to the other."""
    inside = np.clip(place - np.float32(0.5), 0, count - 1.001)
    lower = inside.astype(np.intp)
    return lower, (inside - lower).astype(np.float32)


def _likeness(
    ours: NDArray[np.float32], theirs: NDArray[np.float32], times: NDArray[np.float32]
) -> NDArray[np.float64]:
    """Return cosines of square-rooted histograms, smoothed over colours.

    Args:
        ours: (strip, bin).
        theirs: (strip, bin).
        times: (draw, strip), how often each strip counts in a draw.

    Returns:
        One cosine a draw; 0 where a draw is empty.
    """
    first, second = (np.sqrt(times @ _smooth(strips)) for strips in (ours, theirs))
    dot = (first * second).sum(axis=1, dtype=np.float64)
    norm = np.linalg.norm(first, axis=1) * np.linalg.norm(second, axis=1)
    return np.divide(dot, norm, out=np.zeros_like(dot), where=norm > 0)


def _smooth(strips: NDArray[np.float32]) -> NDArray[np.float32]:
    """Share every bin with its neighbours, so that a shade on a bin's edge is not a jump."""
    light = np.pad(strips[:, :_L_BINS], ((0, 0), (1, 1)))
    light = light[:, :-2] * 0.25 + light[:, 1:-1] * 0.5 + light[:, 2:] * 0.25
    colour = strips[:, _L_BINS:].reshape(-1, _AB_BINS, _AB_BINS)
    padded = np.pad(colour, ((0, 0), (1, 1), (1, 1)))
    across = padded[..., :-2] * 0.25 + padded[..., 1:-1] * 0.5 + padded[..., 2:] * 0.25
    both = across[:, :-2] * 0.25 + across[:, 1:-1] * 0.5 + across[:, 2:] * 0.25
    flat = both.reshape(len(strips), -1)
    return np.concatenate([light * 0.5, flat], axis=1).astype(np.float32)
