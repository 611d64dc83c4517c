"""Figures that touch, taken apart at their necks of contact."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, cast

import numpy as np

from stillreel.measure.nouns import Box
from stillreel.measure.people.heads import face_of
from stillreel.measure.people.likes import alike, colour_print
from stillreel.measure.people.parts import Part

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.measure.people.ground import Lab
    from stillreel.measure.people.likes import Print

_DEPTHS = (0.01, 0.02, 0.035, 0.05, 0.07, 0.1)
"""Half the widths of a contact that are tried, as shares of the shorter side."""
_PIECE = 0.3
"""Smallest piece, as a share of the largest."""
_DIP = 0.06
"""Shallowest valley between two heads, as a share of the height."""
_LEVEL = 0.12
"""How far two tops may differ, as a share of the height."""
_ASIDE = 0.25
"""How far apart two tops lie at least, as a share of the width."""
_HEADS = 0.75
_BODY = 0.55
"""Smallest piece without a face, as a share of the largest."""
_ALIKE = 0.86
"""Likeness from which two pieces are two pictures of one character."""


def apart(part: Part, lab: Lab) -> list[Part]:
    """Return the figures a thing is made of; the thing alone when it is one.

    Two figures are told from a head and its body by their colours: pieces must all look alike.
    """
    import cv2

    shape = part.shape.astype(np.uint8)
    padded = cv2.copyMakeBorder(shape, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    deep = cv2.distanceTransform(padded, cv2.DIST_L2, 3)[1:-1, 1:-1]
    side = min(part.box.width, part.box.height)
    for share in _DEPTHS:
        cores = (deep > max(1.5, share * side)).astype(np.uint8)
        count, labels, stats, _ = cv2.connectedComponentsWithStats(cores)
        areas = stats[1:, cv2.CC_STAT_AREA]
        if count < 3:
            continue
        keep = np.flatnonzero(areas > _PIECE * areas.max()) + 1
        if len(keep) < 2:
            continue
        pieces = _pieces(part, cast("NDArray[np.int32]", labels), keep)
        if len(pieces) > 1 and _same_kind(pieces, lab) and _are_bodies(pieces, lab):
            return pieces
    return [part]


def has_twin(part: Part, lab: Lab) -> bool:
    """True when a thing has two tops of one height and colour: two heads side by side, or ears."""
    return _valley(part, lab) is not None


def _valley(part: Part, lab: Lab) -> int | None:
    """Return the column between two tops of one height and colour, the deepest, or None."""
    height, width = part.shape.shape
    filled = part.shape.any(axis=0)
    line = np.where(filled, part.shape.argmax(axis=0), height).astype(np.float32)
    near = max(1, width // 40)
    line = np.convolve(np.pad(line, near, mode="edge"), np.ones(2 * near + 1), "valid")
    line /= 2 * near + 1
    best: tuple[float, int] | None = None
    for at in range(round(0.2 * width), round(0.8 * width)):
        left, right = int(line[:at].argmin()), at + int(line[at:].argmin())
        low = float(line[left : right + 1].max())
        tops = float(line[left]), float(line[right])
        deep = low - max(tops)
        if deep < _DIP * height or abs(tops[0] - tops[1]) > _LEVEL * height:
            continue
        if right - left < _ASIDE * width:
            continue
        if not _same_tops(part, lab, (left, right), max(tops), deep):
            continue
        middle = left + int(line[left : right + 1].argmax())
        if best is None or deep > best[0]:
            best = (deep, middle)
    return best[1] if best else None


def _same_tops(part: Part, lab: Lab, tops: tuple[int, int], level: float, deep: float) -> bool:
    """True when what is under two tops has the same colours."""
    seen = part.box.crop(lab)
    prints: list[Print] = []
    bottom = round(level + deep)
    half = max(2, (tops[1] - tops[0]) // 3)
    for top in tops:
        across = slice(max(0, top - half), top + half)
        inside = part.shape[:bottom, across]
        if np.count_nonzero(inside) < 12:
            return False
        prints.append(colour_print(seen[:bottom, across][inside]))
    return alike(*prints) > _HEADS


def _pieces(part: Part, labels: NDArray[np.int32], keep: NDArray[np.intp]) -> list[Part]:
    """Share the pixels of a thing between its cores, each to the nearest."""
    import cv2

    cores = np.isin(labels, keep)
    _, owners = cv2.distanceTransformWithLabels(
        (~cores).astype(np.uint8), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    nearest = np.asarray(owners, np.intp)
    owner = np.zeros(int(nearest.max()) + 1, np.int32)
    owner[nearest[cores]] = labels[cores]
    owned = np.where(part.shape, owner[nearest], 0)
    found: list[Part] = []
    for label in keep:
        mine = owned == label
        rows, cols = np.flatnonzero(mine.any(axis=1)), np.flatnonzero(mine.any(axis=0))
        inner = Box(int(cols[0]), int(rows[0]), int(cols[-1]) + 1, int(rows[-1]) + 1)
        box = Box(
            part.box.left + inner.left,
            part.box.top + inner.top,
            part.box.left + inner.right,
            part.box.top + inner.bottom,
        )
        found.append(Part(box, inner.crop(mine), card=False, whole=False))
    return found


def _are_bodies(pieces: list[Part], lab: Lab) -> bool:
    """True when all pieces have faces, or the others stand beside them and are as large."""
    faced = [piece for piece in pieces if face_of(piece, lab)]
    if not faced:
        return False
    large = max(piece.area for piece in pieces)
    return all(
        piece in faced or (piece.area > _BODY * large and _beside(piece, pieces))
        for piece in pieces
    )


def _beside(piece: Part, pieces: list[Part]) -> bool:
    for other in pieces:
        shared = min(piece.box.right, other.box.right) - max(piece.box.left, other.box.left)
        if other is not piece and shared > 0.35 * min(piece.box.width, other.box.width):
            return False
    return True


def _same_kind(pieces: list[Part], lab: Lab) -> bool:
    prints = [colour_print(piece.box.crop(lab)[piece.shape]) for piece in pieces]
    return all(alike(a, b) > _ALIKE for a, b in itertools.combinations(prints, 2))
