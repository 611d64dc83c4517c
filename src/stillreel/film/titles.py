"""Title card and end credit: drawn, faded in and out, encoded like every other clip."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stillreel.draw import lettering
from stillreel.draw.marks import mix
from stillreel.draw.motion.encode import HOUSE, Encoder
from stillreel.film.conform import keep
from stillreel.film.emblem import emblem
from stillreel.film.sound.noise import generator
from stillreel.values.digest import of_value

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from stillreel.film.nouns import CutSettings
    from stillreel.plan.nouns import Place

    Pixels = NDArray[np.uint8]

CARD_VERSION = "1"
"""Changes whenever the same words would give other pictures."""

Rgb = tuple[int, int, int]
_LABEL = 0.07
"""Size of the letters of a label as a share of the short side: their bodies are 0.05 of it."""
_CREAM: Rgb = (244, 234, 214)
_INK: Rgb = (48, 40, 52)
_OCHRE: Rgb = (184, 128, 58)
_NAVY: Rgb = (27, 30, 50)
_GOLD: Rgb = (214, 172, 104)


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on a card."""

    heading: str
    lines: tuple[str, ...]
    """Small lines under it."""
    place: Place | None
    """Whose emblem is shown; None for none."""
    frames: int
    night: bool = False
    """Light letters on dark paper, for films that begin or end in the dark."""
    label: str = ""
    """Words along the lower edge, large enough for GB 45438: a twentieth of the short side."""


def card_clip(card: Card, settings: CutSettings, fps: int) -> Path:
    """Return the card as a clip in the house form, made once and kept.

    Raises:
        StorageError: the cache cannot be written.
    """
    rule = HOUSE[settings.quality]
    place = card.place.model_dump(mode="json") if card.place else None
    key = of_value(
        [
            *(CARD_VERSION, card.heading, card.lines, place, card.frames, card.night, card.label),
            *(settings.width, settings.height, fps, rule.preset, rule.crf, settings.seed),
        ]
    )
    kept = settings.cache / f"card-{key[:24]}.mp4"
    if not kept.exists():
        keep(_encoded(card, settings, fps), kept)
    return kept


def paint(card: Card, width: int, height: int, seed: int) -> tuple[Pixels, Pixels]:
    """Return the empty paper and the finished card, both (height, width, 3) BGR."""
    paper = _paper(width, height, seed, night=card.night)
    whole = paper.copy()
    layout = _layout(card, width, height)
    if card.place is not None:
        _press(whole, card.place, layout, seed)
    ink, accent = (_CREAM, _GOLD) if card.night else (_INK, _OCHRE)
    y = layout.top + layout.emblem
    for line in layout.heading:
        y += round(layout.size * 1.22)
        _spaced(whole, line, (width // 2, y), layout.size, ink, 600, layout.tracking)
    y += round(layout.size * 0.62)
    _rule(whole, width // 2, y, layout.short * 0.16, accent)
    y += round(layout.small * 0.7)
    for line in layout.lines:
        y += round(layout.small * 1.62)
        lettering.draw(
            whole, line, (width // 2, y), layout.small, mix(ink, accent, 0.25), align="centre"
        )
    if card.label:
        size = round(layout.short * _LABEL)
        foot = (width // 2, height - round(layout.short * 0.1))
        lettering.draw(whole, card.label, foot, size, ink, weight=600, align="centre")
    return paper, whole


@dataclass(frozen=True, slots=True)
class _Layout:
    short: int
    emblem: int
    """Height the emblem takes, gap included; 0 for none."""
    round: int
    """Diameter of the emblem."""
    size: int
    tracking: float
    small: int
    heading: tuple[str, ...]
    lines: tuple[str, ...]
    top: int


def _layout(card: Card, width: int, height: int) -> _Layout:
    short = min(width, height)
    wide = round(min(width * 0.74, short * 1.5))
    size = round(short * (0.092 if width >= height else 0.088))
    tracking = size * 0.045
    heading = _lines(card.heading, size, wide, tracking)
    while len(heading) > 2 and size > short * 0.045:
        size = round(size * 0.9)
        tracking = size * 0.045
        heading = _lines(card.heading, size, wide, tracking)
    small = round(short * 0.033)
    lines = tuple(
        piece for line in card.lines for piece in lettering.wrap(line, small, wide, most=2)
    )
    diameter = round(short * 0.36) if card.place is not None else 0
    taken = diameter + round(short * 0.02) if diameter else 0
    text = round(size * (1.22 * len(heading) + 0.62) + small * (0.7 + 1.62 * len(lines)))
    return _Layout(
        short,
        taken,
        diameter,
        size,
        tracking,
        small,
        heading,
        lines,
        (height - taken - text) // 2 - round(short * 0.012),
    )


def _lines(text: str, size: int, wide: int, tracking: float) -> tuple[str, ...]:
    longest = max((len(line) for line in text.splitlines()), default=1)
    room = round(wide - tracking * min(longest, 24))
    return lettering.wrap(text, size, max(room, size * 4), weight=lettering.SEMIBOLD, most=4)


def _paper(width: int, height: int, seed: int, *, night: bool) -> Pixels:
    """Return paper: a soft light in the middle, fibres, and a double rule around."""
    import cv2
    import numpy as np

    base = np.array((_NAVY if night else _CREAM)[::-1], dtype=np.float32)
    x = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    fall = 1 - (0.34 if night else 0.11) * np.clip((x * x + y * y) ** 1.1 / 2, 0, 1)
    rng = generator("paper", seed)
    small = rng.standard_normal((height // 4 + 1, width // 4 + 1)).astype(np.float32)
    soft = cv2.GaussianBlur(small, (0, 0), 3) * 2.2 + cv2.GaussianBlur(small, (0, 0), 0.9)
    grain = cv2.resize(soft, (width, height), interpolation=cv2.INTER_LINEAR)
    light = fall + (0.012 if night else 0.006) * grain
    paper = np.clip(base * light[:, :, None], 0, 255).astype(np.uint8)
    _frame(paper, _GOLD if night else _OCHRE)
    return paper


def _frame(paper: Pixels, colour: Rgb) -> None:
    """Draw a rule around the card, and inside it a finer one whose corners bend inward."""
    import cv2

    height, width = paper.shape[:2]
    short = min(width, height)
    outer, inner, bend = round(short * 0.042), round(short * 0.06), round(short * 0.05)
    thick = max(1, round(short / 360))
    thin = max(1, thick // 2)
    layer = paper.copy()
    line = colour[::-1]
    cv2.rectangle(layer, (outer, outer), (width - outer, height - outer), line, thick, cv2.LINE_AA)
    left, top, right, bottom = inner, inner, width - inner, height - inner
    for start, end in (
        ((left + bend, top), (right - bend, top)),
        ((left + bend, bottom), (right - bend, bottom)),
        ((left, top + bend), (left, bottom - bend)),
        ((right, top + bend), (right, bottom - bend)),
    ):
        cv2.line(layer, start, end, line, thin, cv2.LINE_AA)
    for corner, turn, lean in (
        ((left, top), 0, (1, 1)),
        ((right, top), 90, (-1, 1)),
        ((right, bottom), 180, (-1, -1)),
        ((left, bottom), 270, (1, -1)),
    ):
        cv2.ellipse(layer, corner, (bend, bend), turn, 0, 90, line, thin, cv2.LINE_AA)
        spot = (corner[0] + lean[0] * bend // 3, corner[1] + lean[1] * bend // 3)
        cv2.circle(layer, spot, max(2, thick + 1), line, -1, cv2.LINE_AA)
    cv2.addWeighted(layer, 0.75, paper, 0.25, 0, dst=paper)


def _press(card: Pixels, place: Place, layout: _Layout, seed: int) -> None:
    """Lay the round emblem with a fine ring around it."""
    import cv2
    import numpy as np

    size = layout.round
    picture, cover = emblem(place, size, seed)
    left, top = (card.shape[1] - size) // 2, layout.top
    part = card[top : top + size, left : left + size]
    share = cover[:, :, None].astype(np.float32) / 255
    part[:] = (picture * share + part * (1 - share)).astype(np.uint8)
    middle = (card.shape[1] // 2, top + size // 2)
    thick = max(1, round(layout.short / 300))
    cv2.circle(card, middle, size // 2 + thick * 3, _OCHRE[::-1], thick, cv2.LINE_AA)


def _rule(card: Pixels, x: int, y: int, half: float, colour: Rgb) -> None:
    """Draw a short rule with a diamond in its middle."""
    import cv2
    import numpy as np

    gem = max(3, round(half * 0.055))
    thick = max(1, round(half / 90))
    for side in (-1, 1):
        start, end = (round(x + side * gem * 2.4), y), (round(x + side * half), y)
        cv2.line(card, start, end, colour[::-1], thick, cv2.LINE_AA)
    diamond = np.array([[x, y - gem], [x + gem, y], [x, y + gem], [x - gem, y]]) * 16
    cv2.fillPoly(card, [diamond.astype(np.int32)], colour[::-1], cv2.LINE_AA, 4)


def _spaced(
    card: Pixels,
    text: str,
    at: tuple[int, int],
    size: int,
    colour: Rgb,
    weight: int,
    tracking: float,
) -> None:
    """Draw a centred line with a little air between its letters."""
    widths = [
        lettering.measure(text[: place + 1], size, weight=weight)[0] for place in range(len(text))
    ]
    whole = (widths[-1] if widths else 0) + tracking * max(0, len(text) - 1)
    left = at[0] - whole / 2
    for place, letter in enumerate(text):
        own = lettering.measure(letter, size, weight=weight)[0]
        x = left + widths[place] - own + tracking * place
        if not letter.isspace():
            lettering.draw(card, letter, (round(x), at[1]), size, colour, weight=weight)


def _encoded(card: Card, settings: CutSettings, fps: int) -> bytes:
    import cv2
    import numpy as np

    from stillreel.draw.motion.planar import from_bgr

    cv2.setNumThreads(1)
    paper, whole = (
        np.concatenate([plane.reshape(-1) for plane in (planar.y, planar.u, planar.v)])
        for planar in map(from_bgr, paint(card, settings.width, settings.height, settings.seed))
    )
    shape = (settings.height * 3 // 2, settings.width)
    dark = np.concatenate(
        [
            np.full(settings.width * settings.height, 16, np.uint8),
            np.full(settings.width * settings.height // 2, 128, np.uint8),
        ]
    )
    encoder = Encoder(settings.width, settings.height, fps, settings.quality)
    for number, (light, words) in enumerate(_course(card.frames, fps)):
        frame = whole if words >= 1 else cv2.addWeighted(whole, words, paper, 1 - words, 0)
        if light < 1:
            frame = cv2.addWeighted(frame, light, dark, 1 - light, 0)
        encoder.add(
            np.ascontiguousarray(np.asarray(frame, np.uint8).reshape(shape)), key=number == 0
        )
    return encoder.finish()


def _course(frames: int, fps: int) -> Sequence[tuple[float, float]]:
    """Return for every frame how light the card is and how far its words have come."""
    course: list[tuple[float, float]] = []
    for number in range(frames):
        rise = min(1.0, (number + 1) / (0.6 * fps))
        fall = min(1.0, (frames - 1 - number) / (0.6 * fps))
        words = min(1.0, max(0.0, (number / fps - 0.4) / 0.8))
        light = min(rise, fall)
        course.append((light * light * (3 - 2 * light), words * words * (3 - 2 * words)))
    return course
