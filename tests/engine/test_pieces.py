"""Clips in pieces: what is known is copied, what is not is made, and nobody can tell which."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from stillreel.engine.hands import Hands
from stillreel.engine.walk import Walk
from stillreel.ledger.book import Ledger
from stillreel.ledger.store import FileStore
from stillreel.providers.ask import MotionAsk
from stillreel.values.scene import BoardScene, PanelScene, Setting
from stillreel.values.take import Take

pytestmark = pytest.mark.usefixtures("strangers")
PLACE = Setting(id="garden", name="Garden")
LINES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Where the platform writes down which pieces it makes."""
    return tmp_path / "made.txt"


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    book = Ledger(None, lambda: "now")
    yield book
    book.close()


@pytest.fixture
def clip(tmp_path: Path, ledger: Ledger, log: Path) -> Iterator[Callable[..., tuple[Take, bytes]]]:
    pools: list[Hands] = []

    def make(lines: tuple[str, ...] = LINES, workers: int = 1) -> tuple[Take, bytes]:
        pools.append(Hands(workers))
        store = FileStore(tmp_path / "files")
        walk = Walk(
            ledger,
            store,
            pools[-1],
            till=None,  # nothing is bought here
            clock=lambda: "now",
            notify=lambda _take, _made: None,
        )
        take = asyncio.run(walk.motion(ask(lines, log), "flipbook"))
        return take, walk.path(take.main.digest).read_bytes()

    yield make
    for pool in pools:
        pool.close()


def ask(lines: tuple[str, ...], log: Path) -> MotionAsk:
    panels = tuple(
        PanelScene(id=f"P{number}", frames=1 + number % 3, setting=PLACE, line=line)
        for number, line in enumerate(lines, 1)
    )
    return MotionAsk(
        subject="C01",
        prompt=str(log),
        width=64,
        height=36,
        fps=24,
        read="grid",
        seed=1,
        take=1,
        board=BoardScene(id="C01", panels=panels),
        panels=(),
        drawn_by="crayon",
    )


def whole(lines: tuple[str, ...]) -> bytes:
    frames = (f"{line:8.8}" * (1 + number % 3) for number, line in enumerate(lines, 1))
    return bytes.fromhex("00000010") + b"ftypisom" + bytes(4) + "".join(frames).encode()


def changed(number: int, line: str) -> tuple[str, ...]:
    return (*LINES[: number - 1], line, *LINES[number:])


def made(log: Path) -> list[str]:
    pieces = log.read_text().split() if log.exists() else []
    log.unlink(missing_ok=True)
    return sorted(pieces)


def test_a_first_clip_is_made_of_all_its_pieces(
    clip: Callable[..., tuple[Take, bytes]], log: Path
) -> None:
    _, data = clip()
    assert data == whole(LINES)
    assert made(log) == [f"P{number}" for number in range(1, 10)]


def test_a_changed_line_makes_one_piece_anew_and_the_clip_is_as_if_made_afresh(
    clip: Callable[..., tuple[Take, bytes]], log: Path
) -> None:
    clip()
    made(log)
    _, data = clip(changed(5, "FIVE"))
    assert made(log) == ["P5"]
    assert data == whole(changed(5, "FIVE"))


def test_pieces_are_found_in_a_clip_that_was_joined_itself(
    clip: Callable[..., tuple[Take, bytes]], log: Path
) -> None:
    clip()
    clip(changed(5, "FIVE"))
    made(log)
    lines = (*changed(5, "FIVE")[:8], "NINE")
    assert clip(lines)[1] == whole(lines)
    assert made(log) == ["P9"]


def test_two_workers_make_the_bytes_of_one(clip: Callable[..., tuple[Take, bytes]]) -> None:
    assert clip(workers=2)[1] == whole(LINES)
    assert clip(changed(2, "TWO"), workers=2)[1] == whole(changed(2, "TWO"))


@pytest.mark.parametrize("harm", ["gone", "damaged"])
def test_pieces_of_a_clip_that_is_not_whole_are_made_anew(
    clip: Callable[..., tuple[Take, bytes]], log: Path, tmp_path: Path, harm: str
) -> None:
    take, data = clip()
    made(log)
    file = FileStore(tmp_path / "files").path(take.main.digest, "video/mp4")
    file.chmod(0o644)
    if harm == "gone":
        file.unlink()
    else:
        file.write_bytes(data[:-1] + b"?")
    assert clip(changed(5, "FIVE"))[1] == whole(changed(5, "FIVE"))
    assert len(made(log)) == 9


def test_a_damaged_clip_is_made_again_with_the_same_bytes(
    clip: Callable[..., tuple[Take, bytes]], tmp_path: Path, ledger: Ledger
) -> None:
    take, data = clip()
    file = FileStore(tmp_path / "files").path(take.main.digest, "video/mp4")
    file.chmod(0o644)
    file.write_bytes(bytes(len(data)))
    again, healed = clip()
    assert (again.id, healed) == (take.id, data)
    assert [event.kind for event in ledger.events()] == ["made", "damaged", "made"]
