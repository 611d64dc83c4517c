"""A drawing style, as the film room and the front-ends use it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from stillreel.draw.box import Box
    from stillreel.draw.marks import Layer, Stack


class Look(Protocol):
    """How a display list becomes pixels."""

    PAGE: tuple[int, int, int]
    """RGB of the gutters of a board."""
    LINE: tuple[int, int, int]
    """RGB of the line around a panel."""
    COLOURED: bool
    """Whether it draws in colour."""
    GROUNDS: tuple[tuple[int, int, int], ...]
    """RGB of the plain grounds a sheet may have, the preferred one first."""

    def paint(self, layer: Layer, stack: Stack, box: Box | None = None) -> NDArray[np.uint8]:
        """Return one layer as premultiplied BGRA, (h, w, 4), of the sheet or of `box` only.

        Colour may exceed alpha where a layer gives off light: it is added when composited.
        """
        ...

    def paint_all(
        self,
        layers: Sequence[Layer],
        stack: Stack,
        box: Box | None = None,
        *,
        opaque: bool = False,
    ) -> NDArray[np.uint8]:
        """Return layers painted one over another on one sheet, as `flatten` does, unfinished.

        Args:
            layers: some of the stack's layers, back to front.
            stack: the whole stack, for light and frame.
            box: part of the sheet, or None for all of it.
            opaque: True to start from an opaque sheet.
        """
        ...

    def flatten(self, stack: Stack) -> NDArray[np.uint8]:
        """Return the finished still of the visible frame, BGR, (h, w, 3)."""
        ...

    def finish(
        self, pixels: NDArray[np.uint8], stack: Stack, box: Box | None = None
    ) -> NDArray[np.uint8]:
        """Return BGR or premultiplied BGRA pixels of `box` with the look's last touch."""
        ...

    def reach(self, layer: Layer, stack: Stack) -> int:
        """Return how many pixels beyond its outline a layer's paint can fall."""
        ...


def names() -> tuple[str, ...]:
    """Return the drawing styles the pencil has."""
    return ("ink", "lumen")


def named(name: str) -> Look | None:
    """Return the drawing style called `name`, or None when the pencil has no such style."""
    if name == "lumen":
        from stillreel.draw import lumen

        return lumen
    if name == "ink":
        from stillreel.draw import ink

        return ink
    return None
