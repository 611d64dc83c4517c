"""A picture is brought to a vendor once, whoever asks and whenever, until its copy is too old."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from stillreel.providers.uploads import Uploads, home, missing

if TYPE_CHECKING:
    from pathlib import Path

KEPT = 100.0


class Clock:
    """Stands until it is told."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


class Vendor:
    """Takes pictures and counts them; each lies at a place of its own."""

    def __init__(self, *failures: Exception) -> None:
        self.brought = 0
        self.failures = list(failures)
        self.asked = asyncio.Event()
        self.open = asyncio.Event()
        self.open.set()

    async def bring(self) -> str:
        self.brought += 1
        number = self.brought
        self.asked.set()
        await self.open.wait()
        if self.failures:
            raise self.failures.pop(0)
        return f"https://cdn.example/{number}"


def test_who_asks_in_the_same_instant_waits_for_the_same_upload(tmp_path: Path) -> None:
    """Two shelves on one folder are as two processes are."""
    vendor, one, other = Vendor(), Uploads(tmp_path, KEPT), Uploads(tmp_path, KEPT)

    async def asked() -> list[str]:
        vendor.open.clear()
        told = [asyncio.ensure_future(who.place("a", vendor.bring)) for who in (one, one, other)]
        await vendor.asked.wait()
        vendor.open.set()
        return await asyncio.gather(*told)

    assert asyncio.run(asyncio.wait_for(asked(), 5)) == ["https://cdn.example/1"] * 3
    assert vendor.brought == 1


def test_one_process_knows_it_without_any_folder() -> None:
    vendor, uploads = Vendor(), Uploads(None, KEPT)

    async def asked() -> list[str]:
        return await asyncio.gather(*(uploads.place(name, vendor.bring) for name in "abab"))

    places = asyncio.run(asked())
    assert places == [*places[:2], *places[:2]]
    assert asyncio.run(uploads.place("a", vendor.bring)) == places[0]
    assert vendor.brought == 2


def test_the_next_run_knows_what_this_one_brought(tmp_path: Path) -> None:
    vendor, clock = Vendor(), Clock()
    folder = tmp_path / "not" / "there" / "yet"
    place = asyncio.run(Uploads(folder, KEPT, clock).place("a", vendor.bring))
    clock.now += KEPT - 1
    assert asyncio.run(Uploads(folder, KEPT, clock).place("a", vendor.bring)) == place
    assert vendor.brought == 1
    (file,) = folder.iterdir()
    assert (file.stat().st_mode & 0o777, folder.stat().st_mode & 0o777) == (0o600, 0o700)


@pytest.mark.parametrize("later", [KEPT, 10 * KEPT, -1.0])
def test_a_copy_that_is_too_old_or_of_tomorrow_is_not_trusted(later: float, tmp_path: Path) -> None:
    vendor, clock = Vendor(), Clock()
    uploads = Uploads(tmp_path, KEPT, clock)
    asyncio.run(uploads.place("a", vendor.bring))
    clock.now += later
    for who in (uploads, Uploads(tmp_path, KEPT, clock)):
        assert asyncio.run(who.place("a", vendor.bring)) == "https://cdn.example/2"


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b'{"place": "https://cdn.example/0"}',
        b'{"place": 7, "since": 1000000.0}',
        b'{"place": "https://cdn.example/0", "since": NaN}',
        b'{"place": "https://cdn.example/0", "since": Infinity}',
        b"\xff\x00\x17",
        b"[" * 100_000,
    ],
)
def test_a_damaged_file_costs_another_upload_and_is_mended(damage: bytes, tmp_path: Path) -> None:
    vendor, clock = Vendor(), Clock()
    (tmp_path / "a").write_bytes(damage)
    for _ in range(2):
        uploads = Uploads(tmp_path, KEPT, clock)
        assert asyncio.run(uploads.place("a", vendor.bring)) == "https://cdn.example/1"
    assert vendor.brought == 1


def test_where_nothing_can_be_kept_pictures_are_brought_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "file").write_text("in the way")
    for folder in (tmp_path, tmp_path / "file", tmp_path / "file" / "below"):
        vendor, uploads = Vendor(), Uploads(folder, KEPT)
        for _ in range(2):
            assert asyncio.run(uploads.place("a", vendor.bring)) == "https://cdn.example/1"
        uploads.forget()
        assert asyncio.run(uploads.place("a", vendor.bring)) == "https://cdn.example/2"


def test_an_upload_that_failed_is_not_remembered_and_whoever_waits_tries(tmp_path: Path) -> None:
    vendor, uploads = Vendor(ValueError("no")), Uploads(tmp_path, KEPT)

    async def asked() -> list[str | BaseException]:
        pair = (uploads.place("a", vendor.bring) for _ in range(2))
        return await asyncio.gather(*pair, return_exceptions=True)

    failed, place = asyncio.run(asked())
    assert isinstance(failed, ValueError)
    assert place == "https://cdn.example/2"


def test_whoever_is_stopped_amid_an_upload_leaves_it_to_the_next(tmp_path: Path) -> None:
    vendor, uploads = Vendor(), Uploads(tmp_path, KEPT)

    async def asked() -> str:
        vendor.open.clear()
        first = asyncio.ensure_future(uploads.place("a", vendor.bring))
        await vendor.asked.wait()
        first.cancel()
        vendor.open.set()
        return await uploads.place("a", vendor.bring)

    assert asyncio.run(asyncio.wait_for(asked(), 5)) == "https://cdn.example/2"


def test_what_is_forgotten_is_brought_anew_by_this_process_and_the_next(tmp_path: Path) -> None:
    vendor, clock = Vendor(), Clock()
    uploads = Uploads(tmp_path, KEPT, clock)
    asyncio.run(uploads.place("a", vendor.bring))
    clock.now += 1
    uploads.forget()
    assert list(tmp_path.iterdir()) == []
    for who in (uploads, Uploads(tmp_path, KEPT, clock)):
        assert asyncio.run(who.place("a", vendor.bring)) == "https://cdn.example/2"


def test_an_upload_that_was_under_way_when_all_was_forgotten_is_not_trusted(
    tmp_path: Path,
) -> None:
    vendor, clock = Vendor(), Clock()
    uploads = Uploads(tmp_path, KEPT, clock)

    async def asked() -> str:
        vendor.open.clear()
        first = asyncio.ensure_future(uploads.place("a", vendor.bring))
        await vendor.asked.wait()
        clock.now += 1
        uploads.forget()
        vendor.open.set()
        await first
        return await uploads.place("a", vendor.bring)

    assert asyncio.run(asyncio.wait_for(asked(), 5)) == "https://cdn.example/2"


def test_what_has_run_out_leaves_no_file_behind(tmp_path: Path) -> None:
    vendor = Vendor()
    asyncio.run(Uploads(tmp_path, KEPT).place("a", vendor.bring))
    file = tmp_path / "a"
    written = file.stat().st_mtime
    Uploads(tmp_path, KEPT, lambda: written + KEPT - 1)
    assert file.exists()
    Uploads(tmp_path, KEPT, lambda: written + KEPT + 1)
    assert not file.exists()


def test_nothing_is_trusted_where_an_offer_says_no_time(tmp_path: Path) -> None:
    vendor, uploads = Vendor(), Uploads(tmp_path, 0)
    places = [asyncio.run(uploads.place("a", vendor.bring)) for _ in range(2)]
    assert places == ["https://cdn.example/1", "https://cdn.example/2"]


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({"XDG_CACHE_HOME": "/c", "HOME": "/h"}, "/c/stillreel/uploads"),
        ({"HOME": "/h"}, "/h/.cache/stillreel/uploads"),
        ({"XDG_CACHE_HOME": "here", "HOME": "/h"}, "/h/.cache/stillreel/uploads"),
        ({"XDG_CACHE_HOME": "", "HOME": ""}, None),
        ({}, None),
    ],
)
def test_it_lies_where_the_desktop_keeps_caches(
    environment: dict[str, str], wanted: str | None
) -> None:
    found = home(environment)
    assert (found and found.as_posix()) == wanted


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("image_url could not be downloaded", True),
        ("image_urls[0]: https://cdn.example/1.png cannot be fetched", True),
        ("Failed to load the reference image", True),
        ("Media 3f2a not found", True),
        ("A media is not confirmed: invalid media id.", True),
        ("The file at this URL no longer exists", True),
        ("Model bytedance/seedance-2.0/reference-to-video not found", False),
        ("Model bytedance/seedance-2.0/image-to-video does not exist", False),
        ("aspect_ratio is not supported", False),
        ("The image shows a real person", False),
        ("Not enough credits", False),
        ("Request r-1 not found", False),
    ],
)
def test_a_picture_that_a_vendor_cannot_find_is_told_by_its_words(
    said: str, *, wanted: bool
) -> None:
    assert missing(said) is wanted
