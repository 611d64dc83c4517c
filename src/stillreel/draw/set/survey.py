"""What was noted at the easel, seen by the camera: every point of a place projected in one go.

A place is some thousand small outlines. Projecting, culling and rounding them one by one costs more
than drawing them, so the easel only takes notes and this turns all of them into shapes together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from stillreel.draw.marks import Shape
from stillreel.draw.set.edges import quantise
from stillreel.draw.set.view import MARGIN, NEAR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from stillreel.draw.set.style import Style
    from stillreel.draw.set.view import View

    Reals = NDArray[np.float64]
    Rounded = NDArray[np.float32]

_SPECK = 0.8
"""Pixels: an outline smaller than this both ways is left out."""
_LIMB_NEAR = 0.2


class Face(NamedTuple):
    """A polygon in the world."""

    points: Reals
    """(N, 3) metres."""
    style: Style


class Flat(NamedTuple):
    """A polygon on the sheet."""

    points: Reals
    """(N, 2) pixels."""
    style: Style
    holes: tuple[Rounded, ...] = ()


class Stroke(NamedTuple):
    """An open line in the world."""

    points: Reals
    """(N, 3) metres."""
    style: Style
    width: float
    """Metres."""
    least: float
    """Pixels it is never thinner than."""


class Limb(NamedTuple):
    """A tapering round thing in the world."""

    points: Reals
    """(N, 3) metres, its spine."""
    style: Style
    radii: Reals
    """(N,) metres."""


class Ball(NamedTuple):
    """A round thing in the world, always turned to the camera."""

    at: Reals
    """(3,) metres."""
    style: Style
    radius: float
    """Metres."""
    unit: Reals
    """(N, 2) outline for radius 1, y up."""
    form: float
    """Of the shape, in radii."""
    least: float
    """Pixels of radius below which it is left out."""


Note = Face | Flat | Stroke | Limb | Ball


def develop(view: View, notes: Sequence[Note]) -> list[Shape | None]:
    """Return the shape of every note as the camera sees it, None for what it does not see."""
    found: list[Shape | None] = [None] * len(notes)
    faces = [(i, n) for i, n in enumerate(notes) if isinstance(n, Face)]
    strokes = [(i, n) for i, n in enumerate(notes) if isinstance(n, Stroke)]
    limbs = [(i, n) for i, n in enumerate(notes) if isinstance(n, Limb)]
    flats = [(i, n) for i, n in enumerate(notes) if isinstance(n, Flat)]
    balls = [(i, n) for i, n in enumerate(notes) if isinstance(n, Ball)]
    if faces:
        _faces(view, faces, found)
    if strokes:
        _strokes(view, strokes, found)
    if limbs:
        _limbs(view, limbs, found)
    if flats:
        _flats(view, flats, found)
    if balls:
        _balls(view, balls, found)
    return found


class _Run:
    """Many outlines one after another, and where each begins."""

    def __init__(self, pieces: list[Reals]) -> None:
        self.counts = np.array([len(piece) for piece in pieces])
        self.ends = np.cumsum(self.counts)
        self.starts = self.ends - self.counts
        self.points = np.concatenate(pieces)

    def span(self, screen: Reals) -> tuple[Reals, Reals]:
        """Return the least and the greatest x, y of every outline."""
        return (
            np.minimum.reduceat(screen, self.starts, axis=0),
            np.maximum.reduceat(screen, self.starts, axis=0),
        )


def _touching(view: View, low: Reals, high: Reals) -> NDArray[np.bool_]:
    edge = (view.width + MARGIN, view.height + MARGIN)
    return np.asarray(((high > -MARGIN) & (low < edge)).all(axis=1))


def _faces(view: View, faces: list[tuple[int, Face]], found: list[Shape | None]) -> None:
    run = _Run([face.points for _, face in faces])
    screen, deep = view.project(run.points)
    near = np.minimum.reduceat(deep, run.starts) < NEAR
    low, high = run.span(screen)
    seen = _touching(view, low, high) & ((high - low).max(axis=1) > _SPECK)
    wide = np.maximum(np.abs(low), np.abs(high)).max(axis=1) > 2.0 * view.width
    rounded = quantise(screen)
    plan = zip(
        faces,
        run.starts.tolist(),
        run.ends.tolist(),
        near.tolist(),
        seen.tolist(),
        wide.tolist(),
        strict=True,
    )
    for (index, face), start, end, cut_near, shown, cut_wide in plan:
        if cut_near or (shown and cut_wide):
            trimmed = view.outline_of(face.points)
            if trimmed is not None and view.touches(trimmed):
                found[index] = _painted(quantise(trimmed), face.style)
        elif shown and end - start > 2:
            found[index] = _painted(rounded[start:end], face.style)


def _flats(view: View, flats: list[tuple[int, Flat]], found: list[Shape | None]) -> None:
    run = _Run([flat.points for _, flat in flats])
    seen = _touching(view, *run.span(run.points)).tolist()
    rounded = quantise(run.points)
    ends = run.ends.tolist()
    for (index, flat), start, end, shown in zip(
        flats, run.starts.tolist(), ends, seen, strict=True
    ):
        if shown and end - start > 2:
            found[index] = _painted(rounded[start:end], flat.style, flat.holes)


def _strokes(view: View, strokes: list[tuple[int, Stroke]], found: list[Shape | None]) -> None:
    run = _Run([stroke.points for _, stroke in strokes])
    screen, deep = view.project(run.points)
    away = (np.add.reduceat(deep, run.starts) / run.counts).tolist()
    near = (np.minimum.reduceat(deep, run.starts) <= NEAR).tolist()
    seen = _touching(view, *run.span(screen)).tolist()
    rounded = quantise(np.clip(screen, -4 * view.width, 5 * view.width))
    starts, ends = run.starts.tolist(), run.ends.tolist()
    for order, (index, stroke) in enumerate(strokes):
        start, end, far = starts[order], ends[order], away[order]
        points, shown = rounded[start:end], seen[order]
        if near[order]:
            ahead = deep[start:end] > NEAR
            if ahead.sum() < 2:
                continue
            points, far = points[ahead], float(deep[start:end][ahead].mean())
            shown = view.touches(screen[start:end][ahead])
        if shown and len(points) > 1:
            width = max(stroke.width * view.focal / far, stroke.least)
            found[index] = _painted(points, stroke.style, closed=False, width=width, form=0.0)


def _limbs(view: View, limbs: list[tuple[int, Limb]], found: list[Shape | None]) -> None:
    run = _Run([limb.points for _, limb in limbs])
    screen, deep = view.project(run.points)
    near = (np.minimum.reduceat(deep, run.starts) < _LIMB_NEAR).tolist()
    place = np.arange(len(screen))
    first, last = np.repeat(run.starts, run.counts), np.repeat(run.ends, run.counts) - 1
    along = screen[np.minimum(place + 1, last)] - screen[np.maximum(place - 1, first)]
    side = along[:, ::-1] * (-1.0, 1.0)
    side /= np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-6)[:, None]
    radii = np.concatenate([limb.radii for _, limb in limbs])
    half = np.maximum(radii * view.focal / np.maximum(deep, NEAR), 0.5)
    outline = np.empty((2 * len(screen), 2))
    outline[first + place] = screen + side * half[:, None]
    outline[first + 2 * last + 1 - place] = screen - side * half[:, None]
    form = (np.add.reduceat(half, run.starts) / run.counts * 0.55).tolist()
    starts = 2 * run.starts
    low = np.minimum.reduceat(outline, starts, axis=0)
    seen = _touching(view, low, np.maximum.reduceat(outline, starts, axis=0)).tolist()
    rounded = quantise(outline)
    for order, (index, limb) in enumerate(limbs):
        if seen[order] and not near[order]:
            points = rounded[2 * int(run.starts[order]) : 2 * int(run.ends[order])]
            found[index] = _painted(points, limb.style, form=form[order])


def _balls(view: View, balls: list[tuple[int, Ball]], found: list[Shape | None]) -> None:
    screen, deep = view.project(np.array([ball.at for _, ball in balls]))
    radii = np.array([ball.radius for _, ball in balls])
    sizes = radii * view.focal / np.maximum(deep, NEAR)
    reach = (sizes + MARGIN)[:, None]
    keep = (
        (deep > NEAR * 2)
        & (sizes > [ball.least for _, ball in balls])
        & (screen > -reach).all(axis=1)
        & (screen < np.array((view.width, view.height)) + reach).all(axis=1)
    )
    kept = np.flatnonzero(keep).tolist()
    if not kept:
        return
    run = _Run([balls[order][1].unit for order in kept])
    size = sizes[kept]
    outline = run.points * (np.repeat(size, run.counts)[:, None] * (1.0, -1.0))
    outline += np.repeat(screen[kept], run.counts, axis=0)
    rounded = quantise(outline)
    for order, start, end, pixels in zip(
        kept, run.starts.tolist(), run.ends.tolist(), size.tolist(), strict=True
    ):
        index, ball = balls[order]
        found[index] = _painted(rounded[start:end], ball.style, form=ball.form * pixels)


def _painted(
    points: Rounded,
    style: Style,
    holes: tuple[Rounded, ...] = (),
    *,
    closed: bool = True,
    width: float = 0.0,
    form: float | None = None,
) -> Shape:
    return Shape(
        points,
        style.role,
        style.colour,
        closed,
        width,
        style.form if form is None else form,
        style.shade,
        style.outline,
        style.alpha,
        style.glow,
        style.to,
        holes,
    )
