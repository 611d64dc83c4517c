"""The character sheet: turnaround with true heights, faces, palette, and the words that hold."""

from __future__ import annotations

from math import cos, radians, sin
from typing import TYPE_CHECKING

from stillreel.draw.marks import rgb, scaled
from stillreel.draw.page.desk import Page, hull_of, page_of, studio_camera
from stillreel.draw.stage.cast import body_of, member_of, shapes_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from stillreel.draw.look import Look
    from stillreel.values.scene import Emotion, Identity

_VIEWS = (("FRONT", 0.0), ("3/4", -42.0), ("SIDE", -90.0), ("BACK", 180.0))
_FACES: tuple[tuple[str, Emotion, float, float], ...] = (
    ("NEUTRAL", "neutral", -14.0, 0.0),
    ("HAPPY", "happy", -14.0, 0.25),
    ("ANGRY", "angry", 16.0, 0.0),
    ("AFRAID", "afraid", -24.0, 0.35),
    ("PROFILE", "neutral", -90.0, 0.0),
)
_HEADED = frozenset({"human"})


def colours_of(identity: Identity) -> list[tuple[str, str]]:
    """Return the colours of a character with what they are on."""
    human = identity.kind in _HEADED
    found = [("skin" if human else "coat", identity.skin)]
    if human and identity.hair.style != "bald":
        found.append(("hair", identity.hair.colour))
    found += [(worn.garment, worn.colour) for worn in identity.outfit if worn.garment != "barefoot"]
    found += [("eyes", identity.eyes), ("accent", identity.accent)]
    return found


def notes_of(identity: Identity) -> list[str]:
    """Return what must hold about a character, one short line each."""
    metres = f"{identity.height_m:.2f} m".replace(".00", ".0")
    if identity.kind not in _HEADED:
        kind = identity.species or identity.kind
        return [f"{kind}, {metres}", f"coat {identity.skin}, eyes {identity.eyes}"]
    hair = identity.hair
    lines = [f"{identity.age}, {identity.build} build, {metres}"]
    lines.append(f"hair: {hair.style}, {hair.colour}" if hair.style != "bald" else "hair: none")
    if hair.beard != "none":
        lines.append(f"beard: {hair.beard}")
    lines += [
        f"{mark.kind}: {mark.design + ', ' if mark.design else ''}{mark.side} {mark.where}"
        for mark in identity.marks
    ]
    worn = [worn.garment for worn in identity.outfit]
    if worn:
        lines.append("wears: " + ", ".join(worn))
    return lines


def character_page(
    identity: Identity, look: Look, width: int, height: int, *, seed: int = 0
) -> NDArray[np.uint8]:
    """Return the sheet of a character, BGR, (height, width, 3)."""
    palette = colours_of(identity)
    page = page_of(width, height, look.GROUNDS, [colour for _, colour in palette])
    page.words(identity.name.upper(), 0.03, 0.078, 0.046, bold=True)
    what = "GROUP SHEET" if identity.members > 1 else "CHARACTER SHEET"
    page.words(f"{what}  /  turnaround, faces, palette", 0.031, 0.112, 0.019, quiet=True)
    one = member_of(identity, 0)
    _turnaround(page, one, look, seed)
    if identity.members > 1:
        _members(page, identity, look, seed)
    else:
        _faces(page, one, look, seed)
    _swatches(page, palette)
    for row, line in enumerate(notes_of(identity)[:6]):
        page.words(f"•  {line}", 0.672, 0.845 + 0.027 * row, 0.0185)
    return page.pixels


def _turnaround(page: Page, identity: Identity, look: Look, seed: int) -> None:
    """Draw four views at one scale, beside a ruler; an animal is long, so it takes two rows."""
    body = body_of(identity, "stand", 0.0)
    tall = max(body.height, identity.height_m)
    headed = identity.kind in _HEADED
    reach = max(tall, min(1.85, tall * 1.45)) if headed else tall * 1.04
    rows = ((0.925, _VIEWS),) if headed else ((0.47, _VIEWS[:2]), (0.88, _VIEWS[2:]))
    spans = {
        name: 2 * (abs(cos(radians(turn))) * body.half_width + abs(sin(radians(turn))) * body.depth)
        for name, turn in _VIEWS
    }
    left, right = 0.075 * page.width, 0.655 * page.width
    widest = max(sum(spans[name] for name, _ in views) for _, views in rows)
    high = 0.75 if headed else 0.31
    scale = min(high * page.height / reach, 0.8 * (right - left) / widest)
    for floor, views in rows:
        gap = (right - left - scale * sum(spans[name] for name, _ in views)) / len(views)
        edge = left
        for name, heading in views:
            x = edge + (gap + scale * spans[name]) / 2
            foot = round(floor * page.height)
            _view(page, identity, look, seed, (x, foot), scale, tall, heading)
            page.words(name, x / page.width, floor + 0.05, 0.019, bold=True, align="centre")
            edge += gap + scale * spans[name]
    _ruler(page, scale, round(rows[-1][0] * page.height), reach, tall)


def _view(
    page: Page,
    identity: Identity,
    look: Look,
    seed: int,
    foot: tuple[float, int],
    scale: float,
    tall: float,
    heading: float,
) -> None:
    """Draw one whole body, its middle over `foot`."""
    x, floor = foot
    camera = studio_camera(page, scale, (0.0, tall / 2), (x, floor - scale * tall / 2), tall * 7)
    shapes = shapes_of(
        identity,
        camera,
        action="stand",
        phase=0.0,
        origin=(0.0, 0.0, 0.0),
        heading=heading,
        seed=seed,
    )
    seen = hull_of(shapes)
    shift = x - (seen[0] + seen[2]) / 2
    page.body(
        [scaled(shape, 1.0, (shift, 0.0)) for shape in shapes],
        look,
        (0, 0, page.width, page.height),
        seed,
    )


def _ruler(page: Page, scale: float, floor: int, reach: float, tall: float) -> None:
    """Tick off metres at the edge, loose, so that the page stays plain around the bodies."""
    line = page.unit(0.002)
    step = 0.25 if reach < 1.3 else 0.5 if reach < 3 else 1.0
    marks = [(step * index, f"{step * index:g} m") for index in range(int(reach / step + 1e-6) + 1)]
    marks = [mark for mark in marks if abs(mark[0] - tall) > step * 0.2]
    left, right = round(0.049 * page.width), round(0.06 * page.width)
    for height, label in [*marks, (tall, f"{tall:.2f} m")]:
        y = round(floor - scale * height)
        page.pixels[y : y + line, left:right] = page.faint[::-1]
        page.words(
            label,
            0.046,
            (y + page.unit(0.006)) / page.height,
            0.0165,
            quiet=height != tall,
            bold=height == tall,
            align="right",
        )


def _faces(page: Page, identity: Identity, look: Look, seed: int) -> None:
    """Draw five heads apart from each other: calm, three feelings, and the profile."""
    body = body_of(identity, "stand", 0.0)
    cell_high, cell_wide = (0.235, 0.1) if identity.kind in _HEADED else (0.145, 0.1)
    faces = _FACES
    for index, (name, emotion, heading, mouth) in enumerate(faces):
        row, column = divmod(index, 3)
        x = 0.675 + column * 0.107 + cell_wide / 2 + (0.0535 if row else 0.0)
        y = 0.125 + row * (cell_high + 0.027)
        radius = body.head_radius
        scale = cell_high * page.height / (radius * 3.1)
        if cell_wide * page.width < scale * radius * 3.1:
            scale = cell_wide * page.width / (radius * 3.1)
        head = body.head
        centre = (x * page.width, (y + cell_high * 0.44) * page.height)
        camera = studio_camera(page, scale, (0.0, head[1]), centre, max(radius * 26, 1.2))
        shapes = shapes_of(
            identity,
            camera,
            action="talk" if mouth else "stand",
            phase=0.0,
            origin=_under_head(head, heading),
            heading=heading,
            emotion=emotion,
            mouth=mouth,
            seed=seed,
        )
        box = (
            round((x - cell_wide / 2) * page.width),
            round(y * page.height),
            round((x + cell_wide / 2) * page.width),
            round((y + cell_high * 0.93) * page.height),
        )
        page.body(shapes, look, box, seed)
        page.words(name, x, y + cell_high + 0.008, 0.0145, bold=True, align="centre")


def _under_head(head: tuple[float, float, float], heading: float) -> tuple[float, float, float]:
    """Return where the feet go so that the head is on the axis, however the body is turned."""
    turn = radians(heading)
    x = head[0] * cos(turn) + head[2] * sin(turn)
    z = -head[0] * sin(turn) + head[2] * cos(turn)
    return -x, 0.0, -z


def _members(page: Page, identity: Identity, look: Look, seed: int) -> None:
    """Draw everyone of a group once, in two rows, small."""
    count = identity.members
    columns = (count + 1) // 2
    for index in range(count):
        one = member_of(identity, index)
        body = body_of(one, "stand", 0.0)
        row, column = divmod(index, columns)
        x = 0.675 + 0.315 * (column + 0.5) / columns
        floor = 0.345 + 0.265 * row
        scale = min(
            0.22 * page.height / max(identity.height_m * 1.12, body.height),
            0.3 / columns * page.width / (body.half_width * 2.4),
        )
        tall = body.height
        camera = studio_camera(
            page,
            scale,
            (0.0, tall / 2),
            (x * page.width, floor * page.height - scale * tall / 2),
            tall * 7,
        )
        shapes = shapes_of(
            one, camera, action="stand", phase=0.0, origin=(0.0, 0.0, 0.0), heading=-10.0, seed=seed
        )
        page.body(shapes, look, (0, 0, page.width, page.height), seed)
        page.words(
            one.name if one.name != identity.name else str(index + 1),
            x,
            floor + 0.028,
            0.0145,
            align="centre",
        )


def _swatches(page: Page, palette: list[tuple[str, str]]) -> None:
    """Lay out the colours with their names and values."""
    shown = palette[:10]
    columns = 5
    for index, (name, colour) in enumerate(shown):
        row, column = divmod(index, columns)
        x, y = 0.672 + column * 0.0635, 0.664 + row * 0.074
        page.swatch(x, y, 0.055, 0.028, rgb(colour))
        page.words(name, x, y + 0.044, 0.0145, quiet=True)
        page.words(colour, x, y + 0.0595, 0.0145, quiet=True)
