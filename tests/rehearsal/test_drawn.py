"""Rehearsals people want to look at: clips move the pictures that were sent."""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING

import av
import cv2
import numpy as np

from rehearsal.theatre import Theatre
from stillreel.providers.ask import StillAsk
from stillreel.rehearsal.drawn import Drawn
from stillreel.rehearsal.pictures import job_of, size_of
from stillreel.values.scene import Identity, SheetScene

if TYPE_CHECKING:
    from pathlib import Path

COLOURS = [(30 * n, 250 - 25 * n, 40 + 20 * n) for n in range(9)]


def board() -> str:
    cells = [np.full((300, 534, 3), colour, np.uint8) for colour in COLOURS]
    rows = [np.hstack(cells[at : at + 3]) for at in (0, 3, 6)]
    data = cv2.imencode(".png", np.vstack(rows))[1].tobytes()
    return "data:image/png;base64," + base64.b64encode(data).decode()


def test_a_clip_shows_the_nine_panels_one_after_another(tmp_path: Path) -> None:
    theatre = Theatre(artist=Drawn(tmp_path))
    item = {"type": "image_url", "image_url": {"url": board()}, "role": "reference_image"}
    content = [{"type": "text", "text": "Shot 1."}, item]
    made = theatre.create("ark", content=content, resolution="480p", ratio="16:9", duration=4)
    theatre.to_the_end()
    address = theatre.file_of("ark", made)
    clip = theatre.ask("", "GET", address).content
    assert job_of(clip) == made.json()["id"]
    with av.open(io.BytesIO(clip)) as box:
        shown = [frame.to_ndarray(format="bgr24") for frame in box.decode(video=0)]
    assert (len(shown), shown[0].shape) == (96, (496, 864, 3))
    for number, colour in enumerate(COLOURS):
        middle = shown[(96 * number // 9 + 96 * (number + 1) // 9) // 2]
        assert np.abs(middle[248, 432].astype(int) - colour).max() < 30
    assert theatre.ask("", "GET", address).content == clip


def test_a_clip_without_pictures_is_a_test_card(tmp_path: Path) -> None:
    theatre = Theatre(artist=Drawn(tmp_path))
    content = [{"type": "text", "text": "Shot 1."}]
    made = theatre.create("ark", content=content, ratio="16:9", generate_audio=True)
    theatre.to_the_end()
    clip = theatre.ask("", "GET", theatre.file_of("ark", made)).content
    with av.open(io.BytesIO(clip)) as box:
        assert box.streams.video[0].frames == 120
        sound = box.streams.audio[0]
        assert abs(float((sound.duration or 0) * (sound.time_base or 0)) - 5) < 0.1


def test_a_still_is_drawn_where_its_scene_is_known(tmp_path: Path) -> None:
    scene = SheetScene(character=Identity(id="mara", name="Mara"))
    ask = StillAsk("mara", "sheet", "A sheet of Mara.", 512, 512, 1, 1, sheet=scene)
    theatre = Theatre(artist=Drawn(tmp_path, {"A sheet of Mara.": ask}))
    plain = Theatre()
    body = {"size": "1024x1024", "quality": "low"}
    drawn, card = (
        base64.b64decode(one.create("openai", **body).json()["data"][0]["b64_json"])
        for one in (theatre, plain)
    )
    assert size_of(drawn) == size_of(card) == (1024, 1024)
    assert drawn != card
