"""A film of real vendors' files: their own credentials travel inside it and verify again."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from stillreel.engine.vault import Vault
from stillreel.ledger.book import Ledger
from stillreel.ledger.store import FileStore
from stillreel.production.lineage import Lineage, inputs_of
from stillreel.production.orders import SigningKeys
from stillreel.production.settings import Disclosure
from stillreel.production.signing import ingest, signing
from stillreel.trail.read import read
from stillreel.values.sniff import media_type
from stillreel.values.take import Stage, StoredFile, Take

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from stillreel.trail.nouns import Credential, Ingredient

SHEET = "openai-gptimage20-2026-05-infographic.png"
BOARD = "google-gemini-2026-02-bird.jpg"
CLIP = "byteplus-seedance20fast-2026-05-clip.mp4"
PANELS = tuple(f"{at:064x}" for at in range(9))


@dataclass
class Studio:
    """A ledger with a store, without a run."""

    folder: Path
    ledger: Ledger
    vault: Vault
    made: int = 0

    def take(
        self, stage: Stage, provider: str, data: bytes, *inputs: str, subject: str = ""
    ) -> Take:
        """Record a take that was made from these pictures; a clip has nine panels before them."""
        self.made += 1
        parts = {f"reference {at} (board)": digest for at, digest in enumerate(inputs)}
        take = Take(
            id=f"{self.made:064x}",
            stage=stage,
            subject=subject or {"sheet": "mara"}.get(stage, "C01"),
            provider=provider,
            model=f"{provider} 1",
            number=1,
            files=(self.vault.keep(data, media_type(data), "main"),),
            prompt="mara walks",
            parameters=json.dumps({"parts": parts}),
            parents=(*PANELS, *inputs) if stage == "clip" else inputs,
            made_at=f"2026-11-27T10:00:0{self.made}+00:00",
        )
        self.ledger.record(take)
        return take

    def board(self, provider: str, *inputs: str) -> tuple[Take, tuple[StoredFile, ...]]:
        """Record a board of grey panels, and what was cut from it."""
        from cv2 import imencode

        drawn = [imencode(".png", np.full((8, 8), at, np.uint8))[1].tobytes() for at in range(10)]
        take = self.take("grid", provider, drawn[9], *inputs)
        panels = tuple(
            self.vault.keep(one, "image/png", f"panel-{at}") for at, one in enumerate(drawn[:9], 1)
        )
        self.ledger.add_files(take.id, panels)
        return take, panels

    def film(self, clip: Take, rules: Disclosure | None = None) -> Path:
        """Sign a film of one clip, with all that it was made from."""

        async def signed() -> Path:
            keys = SigningKeys(self.folder / "keys")
            with signing(keys, rules or Disclosure(), self.ledger, self.vault) as signs:
                assert signs is not None
                plain = self.folder / "plain.mp4"
                plain.write_bytes((await signs.take(clip)).read_bytes())
                # A cut has no credentials of its own yet; its picture is that of the clip here.
                stripped(plain)
                signs.film(plain, self.folder / "film.mp4", "Mara", [clip])
            return self.folder / "film.mp4"

        return asyncio.run(signed())


def stripped(path: Path) -> None:
    """Copy picture and sound into a new file, as cutting does."""
    import av

    target = path.with_suffix(".cut.mp4")
    with av.open(str(path)) as box, av.open(str(target), "w") as out:
        stream = out.add_stream_from_template(box.streams.video[0])
        for packet in box.demux(box.streams.video[0]):
            if packet.dts is not None:
                packet.stream = stream
                out.mux(packet)
    target.replace(path)


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    ledger = Ledger(tmp_path / "ledger.db", lambda: "2026-11-27T10:00:00+00:00")
    yield Studio(tmp_path, ledger, Vault(ledger, FileStore(tmp_path / "files")))
    ledger.close()


@pytest.fixture
def vendors(shared: Path) -> Path:
    found = shared / "data" / "provenance-public"
    if not found.is_dir():
        pytest.skip("needs the real signed files")
    return found


def filmed(studio: Studio, vendors: Path, sheet: bytes | None = None) -> Path:
    drawn = studio.take("sheet", "gpt-image", sheet or (vendors / SHEET).read_bytes())
    board = studio.take("grid", "nano-banana", (vendors / BOARD).read_bytes(), drawn.main.digest)
    clip = studio.take("clip", "ark", (vendors / CLIP).read_bytes(), board.main.digest)
    asyncio.run(ingest(studio.ledger, studio.vault, [drawn, board, clip]))
    return studio.film(clip)


def parts(one: Credential | Ingredient) -> Iterator[Ingredient]:
    for part in one.ingredients:
        yield part
        yield from parts(part)


def depth(one: Credential | Ingredient) -> int:
    return 1 + max((depth(part) for part in one.ingredients), default=0)


def test_every_vendors_own_signature_verifies_inside_the_film(
    studio: Studio, vendors: Path
) -> None:
    found = read(filmed(studio, vendors))
    by = {part.signer.issuer: part.state for part in parts(found)}
    assert by["OpenAI OpCo, LLC"] == "Trusted"
    assert by["Google LLC"] == "Trusted"
    assert by["Byteplus Pte. Ltd."] == "Valid"
    assert (found.state, found.worst) == ("Valid", "Valid")
    assert depth(found) >= 5
    assert found.digital_source_types == ("trainedAlgorithmicMedia",)
    assert found.ledger_head


def test_what_came_in_is_on_record_with_the_day_of_the_lists(studio: Studio, vendors: Path) -> None:
    filmed(studio, vendors)
    told = [event.message for event in studio.ledger.events() if event.kind == "credential"]
    assert told == [
        "Trusted, signed by OpenAI OpCo, LLC; lists of 2026-08-21",
        "Trusted, signed by Google LLC; lists of 2026-08-21",
        "Valid, signed by Byteplus Pte. Ltd.; lists of 2026-08-21",
    ]
    files = {path.name for path in (studio.folder / "files").rglob("*.*")}
    for name in (SHEET, BOARD, CLIP):
        from stillreel.values.digest import of_bytes

        digest = of_bytes((vendors / name).read_bytes())
        assert any(file.startswith(digest) for file in files)


def test_a_tampered_still_makes_the_film_worse_and_is_warned_about(
    studio: Studio, vendors: Path
) -> None:
    data = bytearray((vendors / SHEET).read_bytes())
    data[-2_000] ^= 1
    found = read(filmed(studio, vendors, bytes(data)))
    assert (found.state, found.worst) == ("Valid", "Invalid")
    assert any("gpt-image" in fault.path for fault in found.faults)
    told = [event.message for event in studio.ledger.events() if event.kind == "warning"]
    assert any("do not verify" in message and "mismatch" in message for message in told)


def test_what_is_partly_drawn_by_rules_says_so(studio: Studio, vendors: Path) -> None:
    board = studio.take("grid", "gpt-image", (vendors / SHEET).read_bytes())
    clip = studio.take("clip", "animatic", b"clip", board.main.digest)
    assert Lineage(studio.ledger).source_type([clip]) == "compositeWithTrainedAlgorithmicMedia"
    drawn = studio.take("grid", "lumen", b"board")
    moved = studio.take("clip", "animatic", b"other", drawn.main.digest)
    assert Lineage(studio.ledger).source_type([moved]) == "algorithmicMedia"
    gone = studio.take("clip", "a-stranger-that-is-gone", b"third")
    assert Lineage(studio.ledger).source_type([gone]) == "trainedAlgorithmicMedia"


def test_a_clip_was_made_from_its_references_wherever_they_stand_among_its_parents(
    studio: Studio,
) -> None:
    board, plate = (studio.take("grid", "lumen", data) for data in (b"board", b"plate"))
    clip = studio.take("clip", "ark", b"clip", board.main.digest, plate.main.digest)
    fewer = replace(clip, parents=clip.parents[5:])
    twice = replace(clip, parents=(board.main.digest, *clip.parents))
    for one in (clip, fewer, twice):
        assert inputs_of(one) == (board.main.digest, plate.main.digest)


def test_a_clip_that_says_what_was_shown_is_believed(studio: Studio) -> None:
    clip = studio.take("clip", "ltx", b"clip", "a plate that was not sent")
    told = json.loads(clip.parameters) | {"shown": [PANELS[0], PANELS[8]]}
    assert inputs_of(replace(clip, parameters=json.dumps(told))) == (PANELS[0], PANELS[8])


@pytest.mark.parametrize(
    ("mover", "made_of"), [("ltx", [f"C01 panel-{at}" for at in range(1, 10)]), ("animatic", [])]
)
def test_a_clip_that_names_no_reference_was_made_from_its_panels_and_they_from_their_board(
    studio: Studio, vendors: Path, mover: str, made_of: list[str]
) -> None:
    _, panels = studio.board("lumen")
    clip = studio.take("clip", "ltx", (vendors / CLIP).read_bytes())
    clip = replace(clip, provider=mover, parents=tuple(panel.digest for panel in panels))
    found = read(studio.film(clip)).ingredients[0]
    fed = [one for one in found.ingredients if one.relationship == "inputTo"]
    assert [one.title for one in fed] == (made_of or ["C01 board"])
    below = {part.title for one in fed for part in one.ingredients}
    assert below == ({"C01 board"} if made_of else set())
    kind = "compositeWithTrainedAlgorithmicMedia" if made_of else "algorithmicMedia"
    assert Lineage(studio.ledger).source_type([clip]) == kind


def test_a_board_with_a_panel_set_back_is_the_older_board_opened_and_the_panel_placed(
    studio: Studio, vendors: Path
) -> None:
    sheet, png = (
        studio.take("sheet", "lumen", (vendors / SHEET).read_bytes()),
        studio.folder / "files",
    )
    before, panels = studio.board("lumen", sheet.main.digest)
    drawn = next(png.rglob(f"{panels[2].digest}.png")).read_bytes()
    panel = studio.take("grid", "lumen", drawn[:-1] + b"x", subject="C01.P3")
    # The panel came out as it was before: so did the board.
    same = next(png.rglob(f"{before.main.digest}.png")).read_bytes()
    board = studio.take("grid", "lumen", same, before.main.digest, panel.main.digest)
    inputs = (sheet.main.digest, board.main.digest)
    clip = studio.take("clip", "animatic", (vendors / CLIP).read_bytes(), *inputs)
    _vendors, told = read(studio.film(clip)).ingredients[0].ingredients
    assert [one.name for one in told.actions] == ["c2pa.opened", "c2pa.placed"]
    assert [(one.relationship, one.title) for one in told.ingredients] == [
        ("parentOf", "C01 board"),
        ("componentOf", "C01 panel-3"),
    ]


def test_prompts_stay_out_of_the_film_unless_they_are_let_in(studio: Studio, vendors: Path) -> None:
    clip = studio.take("clip", "ark", (vendors / CLIP).read_bytes())
    assert b"mara walks" not in studio.film(clip).read_bytes()
    (studio.folder / "film.mp4").unlink()
    assert b"mara walks" in studio.film(clip, Disclosure(prompts=True)).read_bytes()
