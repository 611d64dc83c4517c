"""Hand-off: a pack to paste, a folder to drop the clip into, and a job that waits for a person."""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import cv2
import pytest

from kiln import Clock
from rehearsed import clip_ask
from stillreel.engine import asks
from stillreel.engine.purchase import Buyer
from stillreel.engine.record import Home
from stillreel.errors import GateError, Gone, Refused
from stillreel.ledger.spend.book import SpendBook
from stillreel.ledger.spend.nouns import Caps, PaidJob
from stillreel.ledger.store import FileStore
from stillreel.providers import conformance
from stillreel.providers.rig import Rig
from stillreel.rehearsal.pictures import clip, still
from stillreel.shelf.hand_off.platform import HandOff
from stillreel.values import digest as digests
from stillreel.values.money import Money

if TYPE_CHECKING:
    from pathlib import Path

    from stillreel.providers.ask import MotionAsk, ReadMode
    from stillreel.providers.seam import Job


@pytest.fixture
def film(tmp_path: Path) -> Path:
    root = tmp_path / "film"
    (root / ".stillreel" / "files").mkdir(parents=True)
    (root / "film.toml").write_text("format = 1\n")
    return root


def ask_of(film: Path, read: ReadMode = "grid", **more: Any) -> MotionAsk:
    return replace(clip_ask(film / ".stillreel" / "files", read), **more)


def packed(film: Path, ask: MotionAsk, label: str = "", key: str = "tag-1") -> tuple[Job, Path]:
    job = asyncio.run(HandOff(label).submit(ask, key))
    return job, film / "out" / "hand-off" / job.vendor_id


def polled(job: Job) -> Job:
    return asyncio.run(HandOff().poll(job))


@pytest.mark.parametrize(
    "check", [conformance.it_names_itself, conformance.a_quote_is_a_range_with_a_basis]
)
def test_it_names_itself_and_quotes(check: Any, film: Path) -> None:
    asyncio.run(check(Rig(make=HandOff, ask=ask_of(film))))


def test_a_pack_holds_the_prompt_the_pictures_in_order_and_what_to_set(film: Path) -> None:
    ask = ask_of(film)
    job, folder = packed(film, ask)
    assert (job.provider, job.state, job.vendor_id) == ("hand-off", "queued", "C01")
    assert (folder / "prompt.txt").read_text() == ask.prompt
    shown = sorted(file.name for file in folder.iterdir() if not file.name.startswith("."))
    assert shown == ["1-mara.png", "2-board.png", "README.md", "prompt.txt"]
    assert (folder / "1-mara.png").read_bytes() == ask.references[0].file.read_bytes()
    said = (folder / "README.md").read_text()
    for words in (
        "# C01: make this clip with Dreamina, Seedance 2.0",
        "`1-mara.png`: @Image1, mara, 400x500",
        "`2-board.png`: @Image2, board, 1920x1080",
        "length: 12 s (12.0 s are used)",
        "size: 720p, 16:9 (1280x720)",
        "Nothing was sent from here",
    ):
        assert words in said


def test_each_place_reads_stills_in_its_own_way(film: Path) -> None:
    _, folder = packed(film, ask_of(film, "frames"), "ltx-studio")
    said = (folder / "README.md").read_text()
    assert "`1-panel-1.png`: the first frame, 640x360" in said
    assert "`2-panel-9.png`: the last frame" in said
    with pytest.raises(Refused, match="reads frames, not grid"):
        packed(film, ask_of(film), "ltx-studio")


def test_pictures_are_made_to_fit_the_place(film: Path) -> None:
    ask = ask_of(film)
    small = film / ".stillreel" / "files" / "small.png"
    cv2.imwrite(str(small), cv2.imread(str(ask.references[0].file))[:200, :160])
    ask = replace(ask, references=(replace(ask.references[0], file=small, digest="d"),))
    _, folder = packed(film, ask)
    height, width = cv2.imread(str(folder / "1-mara.png")).shape[:2]
    assert min(width, height) == 300


def test_until_the_clip_is_there_the_job_waits_for_the_person(film: Path) -> None:
    job, folder = packed(film, ask_of(film))
    with pytest.raises(GateError, match=f"put the finished clip into {folder}") as told:
        polled(job)
    assert (told.value.exit_code, told.value.charged) == (4, "no")
    assert "README.md says how" in told.value.next_step


def test_a_dropped_clip_is_taken_byte_for_byte_under_any_name(film: Path) -> None:
    job, folder = packed(film, ask_of(film))
    data = clip(1280, 720, 12)
    (folder / "Dreamina 2026-11-27 (final) ü.MP4").write_bytes(data)
    done = polled(job)
    assert (done.state, done.charged, done.warning) == ("succeeded", Money(), "")
    (file,) = asyncio.run(HandOff().fetch(done))
    assert (file.data, file.media_type, file.role) == (data, "video/mp4", "main")
    assert polled(done) == done


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"a.mp4": clip(1280, 720, 5)}, r"a\.mp4 runs 5\.0 s, and 12\.0 s are needed"),
        ({"a.mp4": clip(720, 1280, 12)}, "has 720x1280 pixels, and 1280x720 is needed"),
        ({"a.mp4": clip(1280, 720, 12)[:-4000]}, "cannot be read to its end"),
        ({"a.mp4": b"\x00\x00\x00\x18ftypisom" + bytes(40)}, "cannot be read to its end"),
        (
            {"a.mp4": clip(1280, 720, 12), "b.mp4": clip(1280, 720, 12)},
            "a.mp4 and b.mp4 lie in",
        ),
        ({"clip.zip": b"PK\x03\x04" + bytes(40)}, r"\(clip.zip is no clip\)"),
        ({"a.mp4.crdownload": clip(1280, 720, 12)}, "put the finished clip into"),
        ({"shot.png": still(640, 360)}, "put the finished clip into"),
    ],
    ids=["short", "turned", "cut off", "torn", "two", "packed", "on its way", "a picture"],
)
def test_what_is_not_the_clip_is_told_and_the_job_still_waits(
    files: dict[str, bytes], words: str, film: Path
) -> None:
    job, folder = packed(film, ask_of(film))
    for name, data in files.items():
        (folder / name).write_bytes(data)
    with pytest.raises(GateError, match=words):
        polled(job)


def test_a_smaller_clip_is_taken_with_a_word_about_it(film: Path) -> None:
    job, folder = packed(film, ask_of(film))
    (folder / "a.mp4").write_bytes(clip(864, 486, 13))
    assert polled(job).warning == "864x486 came where 1280x720 was asked."


def test_the_same_ask_finds_its_pack_again_and_another_never_takes_its_clip(film: Path) -> None:
    ask = ask_of(film)
    _, first = packed(film, ask)
    (first / "a.mp4").write_bytes(clip(1280, 720, 12))
    job, again = packed(film, ask, key="tag-2")
    assert (again, polled(job).state) == (first, "succeeded")
    for other in (replace(ask, prompt="Shot 1: Mara sits.\n"), replace(ask, take=2)):
        job, folder = packed(film, other)
        assert folder != first
        with pytest.raises(GateError):
            polled(job)


def test_a_clip_that_was_taken_out_again_is_gone(film: Path) -> None:
    job, folder = packed(film, ask_of(film))
    (folder / "a.mp4").write_bytes(clip(1280, 720, 12))
    done = polled(job)
    (folder / "a.mp4").unlink()
    with pytest.raises(Gone, match="taken out of"):
        asyncio.run(HandOff().fetch(done))
    assert polled(done).state == "expired"


def test_a_film_that_was_moved_finds_its_pack_where_it_lies_now(film: Path) -> None:
    ask = ask_of(film)
    job, folder = packed(film, ask)
    moved = film.with_name("elsewhere")
    film.rename(moved)
    now = polled(job)
    assert (now.state, now.charged, now.failure) == ("failed", Money(), "provider")
    assert f"no more in {folder}" in now.message
    (moved / "out" / "hand-off" / "C01" / "a.mp4").write_bytes(clip(1280, 720, 12))
    files = moved / ".stillreel" / "files"
    again = replace(
        ask,
        seed=ask.seed + 1,
        panels=tuple(replace(one, file=files / one.file.name) for one in ask.panels),
        references=tuple(replace(one, file=files / one.file.name) for one in ask.references),
    )
    job, folder = packed(moved, again, key="tag-2")
    assert (folder, polled(job).state) == (moved / "out" / "hand-off" / "C01", "succeeded")


def test_it_costs_what_the_user_says(film: Path, tmp_path: Path) -> None:
    mine = tmp_path / "hand-off.toml"
    mine.write_text('prices = [{ usd = "0.50", per = "clip" }]')
    made, ask = HandOff("", mine), ask_of(film)
    assert made.quote(ask).high == Money.parse("0.50")
    job = asyncio.run(made.submit(ask, "tag-1"))
    (film / "out" / "hand-off" / "C01" / "a.mp4").write_bytes(clip(1280, 720, 12))
    assert polled(job).charged == Money.parse("0.50")
    assert HandOff().quote(ask).high == Money()


def test_pictures_outside_of_a_film_have_no_place_for_a_pack(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no film's folder"):
        asyncio.run(HandOff().submit(clip_ask(tmp_path), "tag-1"))


def test_a_pack_is_given_up_without_touching_its_files(film: Path) -> None:
    job, folder = packed(film, ask_of(film))
    now = asyncio.run(HandOff().cancel(job))
    assert (now.state, now.charged) == ("cancelled", Money())
    assert (folder / "prompt.txt").is_file()


def test_a_run_ends_with_what_it_waits_for_and_a_later_one_takes_the_clip(film: Path) -> None:
    clock, tags = Clock(), (f"tag-{n}" for n in itertools.count(1))
    spend = SpendBook(f"sqlite:///{film / '.stillreel' / 'ledger.db'}", clock.now)
    home = Home(film, FileStore(film / ".stillreel" / "files"))
    text = asks.written(ask_of(film), film)
    digest = digests.of_parts((text,))
    fresh = PaidJob(
        "film", "p1", 1, "clip", "C01", "hand-off", next(tags), "intent", reserved=0, ask=digest
    )
    spend.enrol("film", str(film))
    job = spend.reserve(fresh, text, lambda: Caps(0))
    assert isinstance(job, PaidJob)

    def buyer() -> Buyer:
        return Buyer(
            spend,
            home=lambda _: home,
            provider=lambda _: HandOff(),
            watch=clock.watch,
            tag=lambda: next(tags),
            owner="one",
            sleep=clock.sleep,
        )

    async def a_run() -> PaidJob:
        at_work = buyer()
        now = await at_work.submit(at_work.get(job.key))
        return await at_work.collect(await at_work.follow(now))

    with pytest.raises(GateError):
        asyncio.run(a_run())
    assert spend.get(job.key).state == "queued"
    data = clip(1280, 720, 12)
    (film / "out" / "hand-off" / "C01" / "a.mp4").write_bytes(data)
    done = asyncio.run(a_run())
    assert (done.state, done.charged) == ("verified", 0)
    assert digests.of_bytes(data) in done.files
    spend.close()
