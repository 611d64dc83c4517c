"""The place sheet: the set from afar, closer, in detail and from the other side, at its hour."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from stillreel.draw.page.desk import page_of
from stillreel.draw.stage import compose
from stillreel.values.scene import PanelScene

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.look import Look
    from stillreel.draw.page.desk import Page
    from stillreel.values.scene import Setting

    Pixels = NDArray[np.uint8]

_COLOURS = 7


def place_page(setting: Setting, look: Look, width: int, height: int, *, seed: int = 0) -> Pixels:
    """Return the sheet of a place, BGR, (height, width, 3)."""
    page = page_of(width, height, look.GROUNDS[:1], list(setting.palette))
    page.words(setting.name.upper(), 0.03, 0.078, 0.046, bold=True)
    moment = f"PLACE SHEET  /  {setting.time}, {setting.season}, {setting.weather}"
    page.words(moment, 0.031, 0.112, 0.019, quiet=True)
    wide = round(0.61 * width)
    high = round(wide * 9 / 16)
    high = min(high, round(0.62 * height))
    small = (round(0.31 * width), round(0.255 * height))
    left, top = round(0.03 * width), round(0.14 * height)
    hero = _view(setting, look, "extreme-wide", "eye-level", wide, high, seed)
    page.picture(hero, left, top)
    column = left + wide + round(0.02 * width)
    views = (
        ("wide", "eye-level", "CLOSER"),
        ("medium-wide", "low", "LOW"),
        ("extreme-wide", "high", "FROM ABOVE"),
    )
    for index, (size, angle, name) in enumerate(views):
        y = top + index * (small[1] + round(0.028 * height))
        page.picture(_view(setting, look, size, angle, small[0], small[1], seed), column, y)
        page.words(
            name, column / width, (y + small[1] + page.unit(0.019)) / height, 0.0145, bold=True
        )
    page.words("WIDE", 0.03, (top + high + page.unit(0.022)) / height, 0.0145, bold=True)
    _palette(page_pixels=hero, page=page, top=(top + high) / height + 0.04)
    named = ", ".join(setting.features[:9])
    if named:
        page.words(f"•  stands there: {named}", 0.03, 0.945, 0.018)
    page.words(f"•  light from {setting.key}, mood {setting.mood}", 0.03, 0.974, 0.018)
    return page.pixels


def _view(
    setting: Setting, look: Look, size: str, angle: str, width: int, height: int, seed: int
) -> Pixels:
    panel = PanelScene.model_validate(
        {"id": f"{setting.id}-{size}", "size": size, "angle": angle, "setting": setting}
    )
    staged = compose(panel, (), width=width - width % 2, height=height - height % 2, look_seed=seed)
    return look.flatten(staged.stack)


def _palette(*, page_pixels: Pixels, page: Page, top: float) -> None:
    """Lay out the leading colours of the wide view, darkest first, with their values."""
    small = cv2.resize(page_pixels, (64, 36), interpolation=cv2.INTER_AREA)
    points = np.asarray(small, np.float32).reshape(-1, 3)
    cv2.setRNGSeed(7)
    labels = np.zeros((len(points), 1), np.int32)
    criteria = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 20, 0.5)
    _, _, centres = cv2.kmeans(points, _COLOURS, labels, criteria, 1, cv2.KMEANS_PP_CENTERS)
    ordered = sorted((tuple(int(c) for c in centre) for centre in centres), key=sum)
    step = 0.61 / _COLOURS
    for index, (blue, green, red) in enumerate(ordered):
        x = 0.03 + step * index
        page.swatch(x, top, step - 0.012, 0.045, (red, green, blue))
        page.words(f"#{red:02x}{green:02x}{blue:02x}", x, top + 0.064, 0.0125, quiet=True)
