"""Identity on real model pictures and on drawn hard cases: one line per figure, and the table.

python benchmarks/measuring/likeness.py FOLDER     the figures; FOLDER holds labels.json
python benchmarks/measuring/likeness.py --docs     write the table into docs/measuring.md
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

from stillreel.measure.calibration.families import families
from stillreel.measure.calibration.report import auc, calibrate, order, table
from stillreel.measure.likeness.colours import cloud
from stillreel.measure.likeness.identity import COVERAGE, compare, identity
from stillreel.measure.likeness.subject import subject
from stillreel.measure.people.figure import lab_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from stillreel.measure.calibration.report import Report
    from stillreel.measure.likeness.colours import Cloud
    from stillreel.measure.nouns import IdentityScore, Image

DOCS = Path(__file__).parents[2] / "docs" / "measuring.md"
PEOPLE = {"lumen": 24, "ink": 12}
DRAWN_SEED = 2_024
BEGIN, END = "<!-- calibration: begin -->", "<!-- calibration: end -->"
HAIR_TO, OUTFIT_FROM = 0.25, 0.3
"""Where the edits end and begin, as shares of the figure's height."""
LEAST = 0.03
"""Share of the crop an edit must touch."""
DOSES = (0, 5, 10, 15, 20, 25)


class Crop(NamedTuple):
    """A labelled crop."""

    identity: str
    image: str
    pixels: Image
    cloud: Cloud


def rows(folder: Path) -> Iterator[tuple[str, str, str, bool]]:
    """Yield figure, value, goal and whether it is met."""
    crops = read(folder)
    by_name: dict[str, list[int]] = defaultdict(list)
    for index, crop in enumerate(crops):
        by_name[crop.identity].append(index)
    start = time.perf_counter()
    scores = {
        (a, b): compare(one.cloud, two.cloud)
        for a, one in enumerate(crops)
        for b, two in enumerate(crops)
        if a != b and (one.image == two.image or one.identity == two.identity)
    }
    pair = (time.perf_counter() - start) / len(scores)
    yield from same_image(crops, scores)
    yield from edited(crops, by_name, scores)
    yield from graded(crops)
    held = coverage(crops, scores)
    yield line("identity: interval coverage, real crops", held, COVERAGE)
    start = time.perf_counter()
    for crop in crops[:20]:
        cloud(crop.pixels)
    spent = 1000 * (pair + 2 * (time.perf_counter() - start) / 20)
    yield line("identity: ms per pair", spent, 100, most=True)
    yield from drawn()


def same_image(
    crops: list[Crop], scores: dict[tuple[int, int], IdentityScore]
) -> Iterator[tuple[str, str, str, bool]]:
    """Yield how well characters of one image are told apart."""
    same = [
        score.score
        for (a, b), score in scores.items()
        if crops[a].identity == crops[b].identity and crops[a].image == crops[b].image
    ]
    other = [
        score.score for (a, b), score in scores.items() if crops[a].identity != crops[b].identity
    ]
    yield line("identity: different characters of one image, AUC", auc(same, other), 0.70)


def edited(
    crops: list[Crop],
    by_name: dict[str, list[int]],
    scores: dict[tuple[int, int], IdentityScore],
) -> Iterator[tuple[str, str, str, bool]]:
    """Yield how well an edit is found: each crop's best match among its character's other crops."""
    before: list[float] = []
    after: dict[str, list[float]] = defaultdict(list)
    for mates in by_name.values():
        for index in mates if len(mates) > 1 else ():
            others = [one for one in mates if one != index]
            before.append(max(scores[one, index].score for one in others))
            for name, picture in edits(crops[index].pixels, index):
                seen = cloud(picture)
                best = max(compare(crops[one].cloud, seen).score for one in others)
                after[name].append(best)
    for part, goal in (("outfit", 0.97), ("hair", 0.92)):
        for mask in MASKS:
            told = f"identity: {part} moved by 20 ({mask}), AUC"
            yield line(told, auc(before, after[f"{part}, {mask}"]), goal)
    for name in ("dimmed 20 %", "brightened 20 %"):
        yield line(f"identity: {name}, AUC", auc(before, after[name]), 0.60, most=True)


def edits(pixels: Image, seed: int) -> Iterator[tuple[str, Image]]:
    """Yield a crop in other light, and with hair or outfit moved in a direction drawn by lot."""
    turn = float(np.random.default_rng(seed).uniform(0, 2 * np.pi))
    for mask, found in MASKS.items():
        figure = found(pixels)
        for part in ("outfit", "hair"):
            zone = zone_of(figure, part)
            if zone.mean() >= LEAST:
                yield f"{part}, {mask}", moved(pixels, zone, 20, turn)
    for name, factor in (("dimmed 20 %", 0.8), ("brightened 20 %", 1.2)):
        yield name, np.clip(pixels * np.float32(factor) + 0.5, 0, 255).astype(np.uint8)


def graded(crops: list[Crop]) -> Iterator[tuple[str, str, str, bool]]:
    """Yield how well growing doses are ordered by the attribute they change."""
    for part in ("outfit", "hair"):
        found: list[float] = []
        for index in range(0, len(crops), 8):
            crop = crops[index]
            zone = zone_of(own_mask(crop.pixels), part)
            if zone.mean() < LEAST:
                continue
            turn = float(np.random.default_rng(index).uniform(0, 2 * np.pi))
            values = [
                value_of(compare(crop.cloud, cloud(moved(crop.pixels, zone, dose, turn))), part)
                for dose in DOSES
            ]
            if None not in values:
                found.append(order(DOSES, [value or 0.0 for value in values]))
        yield line(f"identity: graded {part}, rank correlation", float(np.mean(found)), 0.90)


def coverage(crops: list[Crop], scores: dict[tuple[int, int], IdentityScore]) -> float:
    """Return how often a second crop of the candidate scores inside the first one's interval."""
    by_reference: dict[tuple[int, str, str], list[IdentityScore]] = defaultdict(list)
    for (a, b), score in scores.items():
        if crops[a].image == crops[b].image:
            by_reference[a, crops[b].identity, crops[b].image].append(score)
    inside = [
        one.interval[0] <= two.score <= one.interval[1]
        for found in by_reference.values()
        for one in found[:6]
        for two in found[:6]
        if one is not two
    ]
    return float(np.mean(inside))


def drawn() -> Iterator[tuple[str, str, str, bool]]:
    """Yield the figures on drawn hard cases."""
    for report in reports():
        name = f"identity: drawn, {report.look}"
        yield line(f"{name}, somebody else, AUC", report.other, 0.95)
        yield line(f"{name}, somebody else in the same clothes, AUC", report.alike, 0.95)
        yield line(f"{name}, interval coverage", report.coverage, COVERAGE)
        for dose in report.doses if report.look == "lumen" else ():
            yield line(f"{name}, graded {dose.part}, rank correlation", dose.order, 0.90)


def reports() -> Iterable[Report]:
    """Return the embedded tier's calibration in both looks."""
    return [
        calibrate(identity, families(look, count, seed=DRAWN_SEED), tier="embedded", look=look)
        for look, count in PEOPLE.items()
    ]


def read(folder: Path) -> list[Crop]:
    """Return the labelled crops of a folder, none longer than 420 pixels."""
    labels = json.loads((folder / "labels.json").read_text())
    files = {one["id"]: folder / one["file"] for one in labels["images"]}
    pages: dict[str, Image] = {}
    found: list[Crop] = []
    for one in labels["identity_crops"]:
        name = one["image"]
        if name not in pages:
            file = files[name] if files[name].exists() else folder / "images" / files[name].name
            pages[name] = cv2.imread(str(file))
        left, top, right, bottom = one["box"]
        crop = pages[name][top:bottom, left:right]
        scale = min(1.0, 420 / max(crop.shape[:2]))
        if scale < 1:
            crop = cv2.resize(crop, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        found.append(Crop(one["identity"], name, crop, cloud(crop)))
    return found


def own_mask(pixels: Image) -> np.ndarray:
    """Return the figure as the measure itself sees it."""
    _, weight = subject(pixels)
    size = pixels.shape[1], pixels.shape[0]
    return cv2.resize(weight, size, interpolation=cv2.INTER_LINEAR) > 0.5


def grabcut_mask(pixels: Image) -> np.ndarray:
    """Return the figure as GrabCut sees it, which the measure has no part in."""
    cv2.setRNGSeed(0)
    height, width = pixels.shape[:2]
    mask = np.zeros((height, width), np.uint8)
    inside = round(0.04 * width), round(0.02 * height), round(0.92 * width), round(0.97 * height)
    backs, fronts = np.zeros((1, 65)), np.zeros((1, 65))
    cv2.grabCut(pixels, mask, inside, backs, fronts, 5, cv2.GC_INIT_WITH_RECT)
    return (mask == cv2.GC_FGD) | (mask == cv2.GC_PR_FGD)


MASKS = {"own mask": own_mask, "GrabCut": grabcut_mask}
"""Where an edit is painted; an edit inside the measure's own mask flatters it."""


def zone_of(figure: np.ndarray, part: str) -> np.ndarray:
    """Return which pixels of a figure an edit touches: its upper quarter, or all below its head."""
    zone = figure.copy()
    lines = np.nonzero(zone.any(axis=1))[0]
    if lines.size:
        down = (np.arange(zone.shape[0]) - lines[0]) / (lines[-1] + 1 - lines[0])
        zone[down > HAIR_TO if part == "hair" else down < OUTFIT_FROM] = False
    return zone


def moved(pixels: Image, zone: np.ndarray, dose: float, turn: float) -> Image:
    """Return a picture whose colours in a zone are moved in the a, b plane."""
    lab = lab_of(pixels)
    lab[zone] += np.array([0, dose * np.cos(turn), dose * np.sin(turn)], np.float32)
    back = cv2.cvtColor(lab, cv2.COLOR_Lab2BGR) * 255
    return np.clip(back + 0.5, 0, 255).astype(np.uint8)


def value_of(score: IdentityScore, part: str) -> float | None:
    """Return the score of one attribute."""
    return next(one.score for one in score.attributes if one.name == part)


def line(
    figure: str, value: float, goal: float, *, most: bool = False
) -> tuple[str, str, str, bool]:
    """Return one figure as a row."""
    met = value <= goal if most else value >= goal
    return figure, f"{value:.3f}", f"{'<=' if most else '>='} {goal:g}", met


def write_docs() -> None:
    """Put the calibration table between its marks in the documentation."""
    text = DOCS.read_text()
    made = f"{BEGIN}\n{table(list(reports()))}\n{END}"
    DOCS.write_text(re.sub(f"{BEGIN}.*?{END}", lambda _: made, text, flags=re.DOTALL))


if __name__ == "__main__":
    if sys.argv[1:] == ["--docs"]:
        write_docs()
    else:
        for name, value, goal, met in rows(Path(sys.argv[1])):
            print(f"{name:64} {value:>8} {goal:>8} {'met' if met else 'MISSED'}", flush=True)
