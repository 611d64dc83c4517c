"""One bit of the content changed, a thousand times a format: does any copy pass as intact?

    python benchmarks/trail_flips.py [--flips 1000] [--seed 1]

Signs a PNG, a JPEG and an MP4 with a throwaway certificate and flips one random bit of one random
byte outside the manifest store. In an MP4 the boxes that the C2PA standard leaves out of its hash
(ftyp, free, skip, mfra) are no content; they are counted apart. Exits with 1 where one passes.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "tests"))

UNHASHED = {b"ftyp", b"free", b"skip", b"mfra"}
STORES = {"image/png": {b"caBX"}, "image/jpeg": {b"APP11"}, "video/mp4": {b"c2pa"}}
HEADS = {"image/png": (8, 4), "image/jpeg": (4, 0), "video/mp4": (24, 0)}
"""Bytes around a store's payload that belong to it: header before, checksum after."""


def outside(data: bytes, media_type: str) -> tuple[list[int], int]:
    """Return the places of all content bytes, and how many bytes are neither content nor store."""
    from stillreel.trail.containers import pieces

    content = bytearray(b"\1" * len(data))
    before, after = HEADS[media_type]
    unhashed = 0
    for piece in pieces(io.BytesIO(data), media_type, len(data)):
        end = piece.start + piece.size
        if piece.kind in STORES[media_type]:
            content[piece.start - before : end + after] = bytes(before + piece.size + after)
        elif media_type == "video/mp4" and piece.kind in UNHASHED and not piece.depth:
            content[piece.start - 8 : end] = bytes(8 + piece.size)
            unhashed += 8 + piece.size
    return [place for place, inside in enumerate(content) if inside], unhashed


def main() -> int:
    """Sign, flip, read, count."""
    from stillreel.trail.read import credentials_of
    from throwaway import authority, clip, picture

    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--flips", type=int, default=1000)
    words.add_argument("--seed", type=int, default=1)
    chosen = words.parse_args()
    chance = random.Random(chosen.seed)
    signer = authority().signer()
    passed = 0
    with tempfile.TemporaryDirectory() as scratch:
        anchors, path = authority().anchors(Path(scratch)), Path(scratch) / "flipped"
        for media_type, whole in (
            ("image/png", picture()),
            ("image/jpeg", picture(kind=".jpg")),
            ("video/mp4", clip()),
        ):
            signed = signer.sign(whole, mime=media_type)
            places, unhashed = outside(signed, media_type)

            def copies(signed: bytes = signed, places: list[int] = places) -> object:
                yield _kept(path, signed)
                for _ in range(chosen.flips):
                    changed = bytearray(signed)
                    changed[chance.choice(places)] ^= 1 << chance.randrange(8)
                    yield _kept(path, bytes(changed))

            states = [one.state for one in credentials_of(copies(), anchors=anchors)]
            assert states[0] == "Trusted", "the copy before any flip must pass"
            counts = Counter(states[1:])
            passed += counts["Trusted"] + counts["Valid"]
            print(
                f"{media_type}: {len(signed)} bytes, {len(places)} of content, {unhashed} unhashed"
            )
            print(f"    {chosen.flips} flips: {dict(counts)}")
    print(f"{passed} passed as intact")
    return 1 if passed else 0


def _kept(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


if __name__ == "__main__":
    sys.exit(main())
