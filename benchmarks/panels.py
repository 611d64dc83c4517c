"""How well pages are cut: real pictures with labels, and pages made here, known to the pixel."""

from __future__ import annotations

import json
import random
import sys
import time
from dataclasses import astuple
from pathlib import Path

from stillreel.draw import look
from stillreel.draw.page.board import panel_boxes
from stillreel.draw.page.sheet import drawn
from stillreel.measure.nouns import Box, PanelCut
from stillreel.measure.page.panels import panels
from stillreel.measure.pictures import decode, encode_jpeg
from stillreel.values.scene import (
    BoardScene,
    Facing,
    PlaceKind,
    ShotSize,
    TimeOfDay,
    Weather,
    words_of,
)

LABELLED = Path(__file__).parents[2] / "shared" / "data" / "vision-public"


def matched(cut: PanelCut, truth: list[Box]) -> tuple[float, int]:
    """Return mean IoU over the larger count, and how many panels are at 0.9 or better."""
    pairs = sorted(
        ((a.overlap(b), i, j) for i, a in enumerate(cut.boxes) for j, b in enumerate(truth)),
        reverse=True,
    )
    ours: set[int] = set()
    theirs: set[int] = set()
    best: list[float] = []
    for overlap, i, j in pairs:
        if i not in ours and j not in theirs:
            ours.add(i)
            theirs.add(j)
            best.append(overlap)
    return sum(best) / max(len(cut.boxes), len(truth)), sum(one >= 0.9 for one in best)


def own_boards(count: int = 6) -> None:
    """Cut our own boards, as drawn and as a careless JPEG, against where they were drawn."""
    kinds = words_of(PlaceKind)
    times, weathers = words_of(TimeOfDay), words_of(Weather)
    for style in look.names():
        pencil = look.named(style)
        for quality in (None, 70):
            exact, furthest = 0, 0
            for at in range(count):
                scene = board(at, kinds, times, weathers)
                page = drawn(scene, pencil, 1280, 720)
                if quality:
                    page = decode(encode_jpeg(page, quality))
                cut = panels(page, (3, 3))
                truth = [Box(*box) for box in panel_boxes(1280, 720, scene.ratio)]
                off = max(
                    max(abs(a - b) for a, b in zip(astuple(x), astuple(y), strict=True))
                    for x, y in zip(cut.boxes, truth, strict=True)
                )
                exact += off <= 1
                furthest = max(furthest, off)
            form = f"JPEG {quality}" if quality else "as drawn"
            print(f"own {style} {form}: {exact}/{count} within 1 px, furthest {furthest} px")


def board(
    at: int, kinds: tuple[str, ...], times: tuple[str, ...], weathers: tuple[str, ...]
) -> BoardScene:
    rng = random.Random(at)
    scenes = [
        {
            "id": f"P{panel}",
            "size": rng.choice(words_of(ShotSize)),
            "setting": {
                "id": "a",
                "name": "A",
                "kind": rng.choice(kinds),
                "time": rng.choice(times),
                "weather": rng.choice(weathers),
            },
            "performers": [{"id": "mara", "facing": rng.choice(words_of(Facing))}],
        }
        for panel in range(9)
    ]
    ratio = ("16:9", "9:16", "1:1", "21:9", "4:3")[at % 5]
    cast = [{"id": "mara", "name": "Mara"}]
    return BoardScene.model_validate({"id": "C", "ratio": ratio, "panels": scenes, "cast": cast})


def main(folder: Path) -> None:
    own_boards()
    if not (folder / "labels.json").is_file():
        print(f"no labelled pictures in {folder}: nothing measured")
        return
    labels = json.loads((folder / "labels.json").read_text("utf-8"))
    files = {one["id"]: one["file"] for one in labels["images"]}
    for hinted in (True, False):
        report(folder, labels["grids"], files, hinted=hinted)


def report(folder: Path, grids: list[dict], files: dict[str, str], *, hinted: bool) -> None:
    rows: list[tuple[float, bool, bool, float, bool]] = []
    whole = singles = 0
    spent: list[float] = []
    for grid in grids:
        truth = [Box(*box) for box in grid["panels"]]
        layout = None
        if hinted:
            if "x" not in grid["layout"] or grid["layout"] == "1x1":
                continue
            down, across = grid["layout"].split("x")
            layout = int(down), int(across)
        path = folder / "images" / files[grid["image"]].removeprefix("images/")
        image = decode(path.read_bytes(), path.name)
        start = time.process_time()
        cut = panels(image, layout)
        spent.append(time.process_time() - start)
        mean, good = matched(cut, truth)
        right = len(cut.boxes) == len(truth)
        perfect = right and good == len(truth)
        if grid["layout"] == "1x1":
            singles += 1
            whole += right
        else:
            rows.append((mean, right, perfect, cut.confidence, good == len(truth)))
        print(
            f"  {grid['image'][:34]:34} {grid['layout']:9} {len(cut.boxes):3}/{len(truth):<3} "
            f"IoU {mean:.3f} at0.9 {good:2}  sure {cut.confidence:.2f}{'' if perfect else '  <--'}"
        )
    count = len(rows)
    failed = [row for row in rows if not row[2]]
    flagged = sum(row[3] < 0.5 for row in failed)
    false = sum(row[3] < 0.5 for row in rows if row[2])
    print(
        f"{'layout given' if hinted else 'no hint':12} pages {count}: "
        f"mean IoU {sum(r[0] for r in rows) / count:.3f}, "
        f"count right {sum(r[1] for r in rows) / count:.3f}, "
        f"perfect {sum(r[2] for r in rows) / count:.3f}; "
        f"single left whole {whole}/{singles}; unsure on failures {flagged}/{len(failed)}, on "
        f"successes {false}/{count - len(failed)}; "
        f"median {sorted(spent)[len(spent) // 2]:.2f} CPU-s"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else LABELLED)
