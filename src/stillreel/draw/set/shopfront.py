"""House fronts at street level: shop windows, awnings, neon signs, the rows of windows above."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.marks import mix
from stillreel.draw.set.built import window
from stillreel.draw.set.easel import Style
from stillreel.draw.set.shapes import plane, rect

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.set.easel import Easel, Tone
    from stillreel.draw.set.tints import Tints


_NEON: tuple[Tone, ...] = (
    (64, 200, 240),
    (250, 80, 150),
    (150, 90, 240),
    (80, 230, 150),
    (255, 180, 70),
)


_AWNINGS: tuple[Tone, ...] = ((178, 60, 56), (60, 108, 100), (210, 160, 70), (70, 92, 140))


def windows(
    easel: Easel,
    foot: NDArray[np.float64],
    across: NDArray[np.float64],
    wide: float,
    tall: float,
    tints: Tints,
    shade: float,
    rng: np.random.Generator,
    pixels: float,
    *,
    tall_city: bool,
) -> None:
    """Draw the rows of windows of the upper floors, some of them alight."""
    columns = max(int(wide / 2.1), 2)
    rows = int((tall - 3.6) / (2.7 if not tall_city else 2.9)) + 1
    chances = rng.random((12, 6))
    for row in range(min(rows, 7)):
        y = 3.7 + row * 2.7
        if y + 1.4 > tall:
            break
        for column in range(columns):
            lit = tints.lit and bool(chances[row, column] < 0.45)
            if tall_city and not lit and pixels < 40:
                continue
            x = (column + 0.5) / columns * wide - wide / 2
            if tall_city or pixels < 22:
                easel.face(
                    plane(foot, across, rect(x - 0.42, y, x + 0.42, y + 1.4)),
                    Style(
                        "glass",
                        tints.window if lit else (84, 98, 124),
                        outline=0.3,
                        shade=0.0 if lit else shade,
                        glow=0.55 if lit else 0.0,
                    ),
                )
            else:
                window(
                    easel, foot, across, x, y, 0.42, 1.3, tints, shade, lit=lit, crossed=pixels > 40
                )


def shop(
    easel: Easel,
    foot: NDArray[np.float64],
    across: NDArray[np.float64],
    normal: NDArray[np.float64],
    wide: float,
    tints: Tints,
    shade: float,
    index: int,
    pixels: float,
    *,
    tall_city: bool,
) -> None:
    """Draw the shop at the foot of a house: panes, goods, awning or sign."""
    half = wide / 2 - 0.5
    face = foot + normal * 0.03
    lit = tints.lit and index % 3 != 2
    tone = _AWNINGS[index % 4]
    glass = mix((255, 210, 130), _NEON[index % 5], 0.55 if tall_city else 0.1)
    easel.face(
        plane(face, across, rect(-half, 0, half, 2.9)),
        Style("wood", mix(tone, (40, 34, 44), 0.45), outline=0.6, shade=shade),
    )
    _panes(easel, half, index, face, normal, across, glass, shade, pixels, lit=lit)
    if tall_city:
        _neon(easel, face, across, normal, wide, index, lit=tints.lit)
        return
    _awning(easel, tints, pixels, index, half, tone, face, across, normal, shade)


def _panes(
    easel: Easel,
    half: float,
    index: int,
    face: NDArray[np.float64],
    normal: NDArray[np.float64],
    across: NDArray[np.float64],
    glass: Tone,
    shade: float,
    pixels: float,
    *,
    lit: bool,
) -> None:
    """Glaze a shop front, with goods behind the panes."""
    panes = 3
    for pane in range(panes):
        x0 = -half + 0.15 + pane * (2 * half - 0.15) / panes
        x1 = x0 + (2 * half - 0.15) / panes - 0.15
        door = pane == index % 3
        low = 0.1 if door else 0.65
        easel.face(
            plane(face + normal * 0.02, across, rect(x0, low, x1, 2.35)),
            Style(
                "glass",
                glass if lit else (74, 88, 110),
                outline=0.4,
                glow=0.4 if lit else 0.0,
                shade=0.0 if lit else shade,
                to=mix(glass, (70, 40, 60), 0.45) if lit else (110, 126, 146),
            ),
        )
        if pixels > 26 and not door:
            easel.face(
                plane(face + normal * 0.03, across, _goods(x0, x1, low, index + pane)),
                Style("wood", mix(glass if lit else (60, 66, 84), (40, 30, 44), 0.6), outline=0.2),
            )


def _awning(
    easel: Easel,
    tints: Tints,
    pixels: float,
    index: int,
    half: float,
    tone: Tone,
    face: NDArray[np.float64],
    across: NDArray[np.float64],
    normal: NDArray[np.float64],
    shade: float,
) -> None:
    """Hang a striped awning or a signboard over a shop."""
    if pixels > 12 and index % 2 == 0:
        stripes = 6
        for part in range(stripes):
            a = -half + 2 * half * part / stripes
            b = a + 2 * half / stripes
            cloth = tone if part % 2 else (240, 228, 206)
            if tints.white:
                cloth = mix(cloth, tints.snow, 0.6)
            easel.face(
                [
                    *plane(face, across, [(a, 2.9), (b, 2.9)]),
                    *plane(face + normal * 1.0, across, [(b, 2.35), (a, 2.35)]),
                ],
                Style("cloth", cloth, outline=0.4),
            )
    else:
        easel.face(
            plane(face + normal * 0.04, across, rect(-half, 2.45, half, 2.9)),
            Style("wood", tone, outline=0.5, shade=shade * 0.6),
        )
        easel.face(
            plane(face + normal * 0.05, across, rect(-half * 0.5, 2.58, half * 0.5, 2.76)),
            Style("paper", (246, 224, 170), outline=0.0, shade=shade * 0.6),
        )


def _goods(x0: float, x1: float, low: float, variant: int) -> list[tuple[float, float]]:
    """Return the silhouette of what stands in a shop window: jars and boxes on a shelf."""
    points = [(x0 + 0.06, low)]
    wide = (x1 - x0 - 0.12) / 5
    for step in range(5):
        tall = 0.16 + 0.13 * ((step * 7 + variant * 3) % 5)
        a, b = x0 + 0.06 + step * wide, x0 + 0.06 + (step + 0.86) * wide
        points += [
            (a, low + 0.08),
            (a, low + tall),
            (a + wide * 0.2, low + tall + 0.06),
            (b - wide * 0.2, low + tall + 0.06),
            (b, low + tall),
            (b, low + 0.08),
        ]
    return [*points, (x1 - 0.06, low)]


def _neon(
    easel: Easel,
    face: NDArray[np.float64],
    across: NDArray[np.float64],
    normal: NDArray[np.float64],
    wide: float,
    index: int,
    *,
    lit: bool,
) -> None:
    tone = _NEON[(index * 2) % 5]
    post = face + across * (wide * 0.28)
    sign = post + normal * 0.25
    x = np.cross(np.array([0.0, 1.0, 0.0]), across)
    del x
    board = plane(sign, normal, rect(0, 3.3, 1.0, 5.8))
    easel.face(board, Style("metal", mix(tone, (20, 20, 40), 0.75), outline=0.6))
    glow = 0.9 if lit else 0.15
    for y in (3.5, 4.2, 4.9):
        easel.face(
            plane(sign - across * 0.02, normal, rect(0.22, y, 0.78, y + 0.42)),
            Style("glow", tone if lit else mix(tone, (90, 90, 100), 0.5), outline=0.2, glow=glow),
        )
    edge = [*plane(sign, normal, rect(0.04, 3.34, 0.96, 5.76))]
    easel.line([*edge, edge[0]], 0.06, Style("glow", tone, outline=0.0, glow=glow), 1.2)
