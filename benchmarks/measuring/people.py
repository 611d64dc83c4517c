"""How well people are counted and cut out: labelled pictures, and sheets drawn here."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from stillreel.draw import look
from stillreel.draw.page.board import panel_picture
from stillreel.draw.page.desk import Page, hull_of, studio_camera
from stillreel.draw.page.sheet import drawn
from stillreel.draw.stage.cast import body_of, shapes_of
from stillreel.measure.nouns import Box
from stillreel.measure.people.instances import instances
from stillreel.measure.people.single import single
from stillreel.measure.pictures import decode, encode_jpeg
from stillreel.measure.tiers import sure_headcount
from stillreel.values.scene import BoardScene, Hair, Identity, SheetScene, Worn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    Image = NDArray[np.uint8]

SHEETS = 40
SCENES = 12
PANELS = 60
_COUNTED = {"sheet", "sprite_sheet", "stickers", "single"}
_PAPERS = (
    (255, 255, 255),
    (236, 242, 246),
    (200, 214, 226),
    (206, 190, 238),
    (120, 130, 96),
    (60, 50, 46),
    (40, 66, 220),
)
"""Paper colours, BGR."""
_ACTIONS = ("stand", "walk", "run", "point", "talk", "dance")


@dataclass(frozen=True, slots=True)
class Made:
    """A sheet whose truth is known."""

    image: Image
    bodies: tuple[Box, ...]


def person(rng: random.Random) -> Identity:
    """Return somebody with colours of their own."""

    def colour(low: int = 30, high: int = 220) -> str:
        return "#" + "".join(f"{rng.randint(low, high):02x}" for _ in range(3))

    skin = rng.choice(("#f0cdb0", "#e0ac85", "#c98d6b", "#8d5a3c", "#5b3a28"))
    return Identity(
        id="who",
        name="Who",
        age=rng.choice(("child", "adult", "adult")),
        presentation=rng.choice(("feminine", "masculine")),
        skin=skin,
        hair=Hair(style=rng.choice(("bob", "braids", "wild")), colour=colour(10, 200)),
        outfit=(
            Worn(garment="shirt", colour=colour()),
            Worn(garment=rng.choice(("trousers", "shorts")), colour=colour(20, 140)),
            Worn(garment="boots", colour=colour(20, 90)),
        ),
    )


def put(
    page: Page,
    who: Identity,
    style: str,
    at: tuple[float, float],
    tall: float,
    action: str = "stand",
    heading: float = 0.0,
) -> Box:
    """Draw a body with its middle at `at` and return its box."""
    body = body_of(who, "stand", 0.0)
    scale = tall / max(body.height, 0.5)
    camera = studio_camera(page, scale, (0.0, body.height / 2), at, body.height * 7)
    shapes = shapes_of(
        who, camera, action=action, phase=0.3, origin=(0.0, 0.0, 0.0), heading=heading, seed=1
    )
    page.body(shapes, look.named(style), (0, 0, page.width, page.height), 1)
    left, top, right, bottom = hull_of(shapes)
    return Box(
        max(0, round(left)),
        max(0, round(top)),
        min(page.width, round(right)),
        min(page.height, round(bottom)),
    )


def paper(width: int, height: int, rng: random.Random) -> Page:
    """Return a page: flat, shaded like a photograph of paper, or grainy."""
    colour = rng.choice(_PAPERS)
    pixels = np.full((height, width, 3), colour, np.float32)
    kind = rng.choice(("flat", "flat", "shaded", "grain"))
    if kind == "shaded":
        down, across = np.mgrid[0:height, 0:width].astype(np.float32)
        pixels *= (0.82 + 0.18 * (down / height + across / width) / 2)[:, :, None]
    if kind == "grain":
        pixels += np.random.default_rng(rng.randrange(9999)).normal(0, 2.5, pixels.shape)
    dark = sum(colour) < 380
    ink, faint = ((238, 236, 230), (170, 170, 170)) if dark else ((34, 36, 44), (104, 106, 114))
    ground = (colour[2], colour[1], colour[0])
    return Page(np.clip(pixels, 0, 255).astype(np.uint8), ground, ink, faint)


def composed(seed: int) -> Made:
    """Return a sheet of one character many times, with words, swatches, rules, frames."""
    rng = random.Random(seed)
    width, height = rng.choice(((1024, 683), (1024, 1024), (768, 1024), (1024, 576)))
    page = paper(width, height, rng)
    rows, cols = rng.choice(((1, 1), (1, 2), (1, 3), (1, 4), (2, 3), (2, 4), (3, 3), (3, 5)))
    who, style = person(rng), rng.choice(look.names())
    top, foot = 0.1 * height, 0.04 * height
    wide, high = width / cols, (height - top - foot) / rows
    page.words("CHARACTER SHEET", 0.03, 0.06, 0.04, bold=True)
    sticker = rng.random() < 0.25
    bodies: list[Box] = []
    for at in range(rows * cols):
        row, col = divmod(at, cols)
        x, y = (col + 0.5) * wide, top + (row + 0.48) * high
        tall = min(high * 0.78, wide * 1.25) * (1 if rows == 1 else rng.uniform(0.7, 1))
        heading = rng.choice((0.0, -40.0, -90.0, 180.0, 25.0))
        before = page.pixels.copy()
        box = put(page, who, style, (x, y), tall, rng.choice(_ACTIONS), heading)
        if sticker:
            _outline(page, before)
            box = Box(box.left - 6, box.top - 6, box.right + 6, box.bottom + 6)
        bodies.append(box)
        if rng.random() < 0.6:
            page.words(f"view {at + 1}", x / width, (y + high * 0.47) / height, 0.018)
    if rng.random() < 0.4:
        for row in range(1, rows):
            y = round(top + row * high)
            page.pixels[y : y + 2] = 120
        for col in range(1, cols):
            page.pixels[:, round(col * wide) : round(col * wide) + 2] = 120
    if rng.random() < 0.5:
        for at in range(5):
            page.swatch(0.6 + 0.06 * at, 0.02, 0.05, 0.03, (40 * at, 90, 200 - 30 * at))
    return Made(decode(encode_jpeg(page.pixels, rng.choice((70, 88, 95)))), tuple(bodies))


def _outline(page: Page, before: Image) -> None:
    """Give what was just drawn the white rim of a sticker."""
    body = (np.abs(page.pixels.astype(int) - before).max(axis=2) > 8).astype(np.uint8)
    rim = cv2.dilate(body, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (13, 13))) - body
    page.pixels[rim > 0] = 250


def touching(seed: int) -> Made:
    """Return a plain page with two copies that overlap by up to half."""
    rng = random.Random(seed)
    page = paper(900, 700, rng)
    who, style = person(rng), rng.choice(look.names())
    first = put(page, who, style, (380, 360), 520)
    step = first.width * rng.uniform(0.5, 0.95)
    second = put(page, who, style, (380 + step, 360), 520, rng.choice(_ACTIONS), -30.0)
    return Made(page.pixels, (first, second))


def scene(seed: int) -> tuple[Image, int]:
    """Return a panel of our own with one to three people in a place."""
    rng = random.Random(seed)
    count = rng.choice((1, 2, 2, 3))
    ids = [f"p{at}" for at in range(count)]
    cast = [person(rng).model_copy(update={"id": one, "name": one}) for one in ids]
    if count > 1:
        cast[1] = cast[0].model_copy(update={"id": "p1", "name": "p1"})
    panel = {
        "id": "P1",
        "size": rng.choice(("wide", "full", "medium")),
        "setting": {"id": "a", "name": "A", "kind": rng.choice(("open", "street", "room"))},
        "performers": [{"id": one} for one in ids],
    }
    board = BoardScene.model_validate({"id": "C", "panels": [panel] * 9, "cast": cast})
    return panel_picture(board, 0, look.named(rng.choice(look.names())), 960, 540), count


def sheets(count: int = 8) -> Iterator[tuple[Image, int]]:
    """Yield our own character sheets: four bodies and five faces."""
    for seed in range(count):
        who = person(random.Random(900 + seed))
        style = look.named(look.names()[seed % len(look.names())])
        yield drawn(SheetScene(character=who), style, 1280, 720), 9


def labelled(folder: Path) -> Iterator[tuple[str, str, Image, int | None, int, list[Box]]]:
    """Yield name, kind, picture, depictions, depictions of the commonest, whole figures."""
    labels = json.loads((folder / "labels.json").read_text("utf-8"))
    files = {one["id"]: one["file"] for one in labels["images"]}
    for one in labels["instances"]:
        path = folder / files[one["image"]]
        image = decode(path.read_bytes(), path.name)
        bodies = [Box(*box) for box in one["full_body"]]
        yield one["image"], one["kind"], image, one["total"], one["max_same"], bodies


def rows(folder: Path) -> Iterable[tuple[str, str, str, bool]]:
    """Yield figure, value, goal and whether it is met."""
    exact = near = asked = cut = sheets_cut = wrong_one = scenes = 0
    for _, kind, image, total, most, bodies in labelled(folder):
        if kind in _COUNTED and total is not None:
            count = instances(image).count
            asked += 1
            exact += count == total
            near += count is not None and abs(count - total) <= 1
        if bodies:
            one = single(image)
            sheets_cut += 1
            cut += one is not None and max(one.box.overlap(box) for box in bodies) >= 0.7
        if kind in {"scene", "crowd"}:
            scenes += 1
            wrong_one += instances(image).count == 1 and most != 1
    yield "instances exact", f"{exact / asked:.2f}", ">= 0.45", exact >= 0.45 * asked
    yield "instances within one", f"{near / asked:.2f}", ">= 0.70", near >= 0.7 * asked
    yield "clean single figure", f"{cut}/{sheets_cut}", ">= 9 of 10", cut >= 0.9 * sheets_cut
    yield "scenes wrongly said to hold one", f"{wrong_one}/{scenes}", "0", not wrong_one
    yield from _procedural()


def _procedural() -> Iterator[tuple[str, str, str, bool]]:
    exact = near = clean = pages = 0
    for made in (composed(seed) for seed in range(SHEETS)):
        truth = len(made.bodies)
        count = instances(made.image).count
        one = single(made.image)
        pages += 1
        exact += count == truth
        near += count is not None and abs(count - truth) <= 1
        clean += one is not None and max(one.box.overlap(box) for box in made.bodies) >= 0.7
    yield "drawn sheets exact", f"{exact / pages:.2f}", ">= 0.90", exact >= 0.9 * pages
    yield "drawn sheets within one", f"{near / pages:.2f}", ">= 0.95", near >= 0.95 * pages
    yield "drawn sheets, single figure", f"{clean / pages:.2f}", ">= 0.90", clean >= 0.9 * pages
    ours = [instances(image).count == truth for image, truth in sheets()]
    yield "own sheets exact", f"{sum(ours)}/{len(ours)}", "all", all(ours)
    wrong = sum(instances(touching(seed).image).count == 1 for seed in range(SCENES))
    yield "touching copies said to be one", f"{wrong}/{SCENES}", "0", not wrong
    panels = [(sure_headcount(image), truth) for image, truth in map(scene, range(PANELS))]
    false = sum(count not in {None, truth} for count, truth in panels)
    yield "own panels counted wrongly", f"{false}/{PANELS}", "0", not false
