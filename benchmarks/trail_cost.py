"""What signing a film costs: CPU seconds to sign and to verify it, and the bytes that it adds.

    python benchmarks/trail_cost.py [--film FILM.mp4 --clips CLIP.mp4 ...] [--panels]

Without files it makes a minute of 1080p at 24 frames a second and its clips of 5 seconds. Every
clip was made from a board, every board from the same two sheets, so the chain is four deep.
`--panels` gives each clip nine panels cut from its board instead of the board itself.
The goal is 2 CPU seconds for signing and verifying the film, and 100 KB and 15 KB for each clip.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from stillreel.trail import trust
from stillreel.trail.signing.keys import studio_key
from stillreel.trail.signing.nouns import Agent, Ingredient, Made
from stillreel.trail.signing.sign import FileSigner

NOW = datetime.now(UTC)
CLIPS = 12
FRAMES = 120
GOAL_SECONDS = 2.0


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--film", type=Path)
    options.add_argument("--clips", type=Path, nargs="+")
    options.add_argument("--number", type=int, default=CLIPS, help="of clips that are made")
    options.add_argument("--sheets", type=int, default=2)
    options.add_argument("--panels", action="store_true")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        takes = asked.clips or [_footage(folder / "take.mp4", 1)] * asked.number
        film = asked.film or _footage(folder / "film.mp4", len(takes))
        with FileSigner(studio_key(folder / "keys", now=NOW)) as signer:
            start = time.process_time()
            clips = _history(signer, folder, takes, asked.sheets, panels=asked.panels)
            print(f"history: {time.process_time() - start:.2f} CPU-s for {_signed(folder)} files")
            said = _made("film", *[Ingredient(clip, "componentOf") for clip in clips])
            start = time.process_time()
            receipt = signer.sign(film, folder / "signed" / "film.mp4", said, now=NOW)
            signing = time.process_time() - start
        start = time.process_time()
        state = _verify(receipt.path)
        verifying = time.process_time() - start
        goal = 100_000 + 15_000 * len(clips)
        print(
            f"film of {film.stat().st_size / 1e6:.1f} MB and {len(clips)} clips: "
            f"sign {signing:.2f} CPU-s, verify {verifying:.2f} CPU-s "
            f"(goal {GOAL_SECONDS} together), {state}; "
            f"{receipt.added / 1000:.1f} KB added (goal {goal / 1000:.0f}); "
            f"at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10} MB of memory"
        )


def _history(
    signer: FileSigner, folder: Path, takes: list[Path], sheets: int, *, panels: bool
) -> list[Path]:
    """Sign the sheets, a board for each clip, and the clips; return the clips."""
    out = folder / "signed"

    def sign(source: Path, name: str, made: Made) -> Path:
        return signer.sign(source, out / name, made, now=NOW).path

    still = _still(folder / "still.png")
    drawn = [sign(still, f"sheet{number}.png", _made("sheet")) for number in range(sheets)]
    fed = [Ingredient(sheet, "inputTo") for sheet in drawn]
    clips = []
    for number, take in enumerate(takes):
        board = sign(still, f"board{number}.png", _made("board", *fed))
        inputs = [board]
        if panels:
            cut = _made("panel", Ingredient(board, "parentOf"), edits=("cropped",))
            inputs = [sign(still, f"panel{number}-{index}.png", cut) for index in range(9)]
        said = _made("clip", *[Ingredient(path, "inputTo") for path in inputs])
        clips.append(sign(take, f"clip{number}.mp4", said))
    return clips


def _signed(folder: Path) -> int:
    return sum(1 for _ in (folder / "signed").iterdir())


def _made(kind, *ingredients: Ingredient, edits=()) -> Made:  # noqa: ANN001
    return Made(
        kind=kind,
        title=f"a {kind}",
        source_type="trainedAlgorithmicMedia",
        agents=(Agent("a-model", "2.0", trained=True),),
        at=NOW,
        ingredients=ingredients,
        edits=edits,
        take="ab" * 32,
        prompt_sha256="cd" * 32,
        ledger_head="ef" * 32 if kind == "film" else "",
    )


def _verify(path: Path) -> str:
    import c2pa

    with path.open("rb") as stream:
        return str(c2pa.Reader("video/mp4", stream, context=trust.context()).get_validation_state())


def _still(path: Path) -> Path:
    import cv2
    import numpy as np

    pixels = np.random.default_rng(0).integers(0, 255, (1080, 1920, 3), dtype=np.uint8)
    cv2.imwrite(str(path), cv2.GaussianBlur(pixels, (9, 9), 0))
    return path


def _footage(path: Path, times: int) -> Path:
    """Write 5 seconds of 1080p, `times` over; the same packets each time."""
    import av
    import numpy as np

    noise = np.random.default_rng(0).integers(0, 255, (140, 240, 3), dtype=np.uint8)
    with av.open(str(path), "w", options={"movflags": "faststart"}) as box:
        stream = box.add_stream("mpeg4", rate=24)
        stream.width, stream.height, stream.pix_fmt = 1920, 1080, "yuv420p"
        stream.bit_rate = 8_000_000
        packets = []
        for index in range(FRAMES):
            view = np.kron(np.roll(noise, index, axis=1), np.ones((8, 8, 1), np.uint8))
            picture = np.ascontiguousarray(view[:1080, :1920])
            packets += stream.encode(av.VideoFrame.from_ndarray(picture))
        packets += stream.encode()
        step = packets[1].pts - packets[0].pts
        for turn in range(times):
            for packet in packets:
                copy = av.Packet(bytes(packet))
                copy.pts, copy.dts = (at + turn * FRAMES * step for at in (packet.pts, packet.dts))
                copy.time_base, copy.is_keyframe = packet.time_base, packet.is_keyframe
                copy.stream = stream
                box.mux(copy)
    return path


if __name__ == "__main__":
    main()
