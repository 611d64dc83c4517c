"""Hostile files by the thousand: does the reader of credentials ever crash, hang or swell?

    python benchmarks/trail_fuzz.py [--seconds 600] [--seed 1] [--keep DIR]

Signs a PNG, JPEG, WebP and MP4 with a throwaway certificate, takes the real files of
../shared/data/provenance-public beside them where they are, and damages copies: flipped bytes,
truncation, lengths of chunks, segments and boxes that lie, pieces of one file in another. A child
process reads each. Prints the counts; exits with 1 where the child died, took more than 10 s for a
file or more than 300 MB.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import selectors
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "tests"))
PUBLIC = ROOT.parent / "shared" / "data" / "provenance-public"
PATIENCE = 10.0
MEMORY_MB = 300
NASTY = (0, 1, 2, 7, 8, 0x7F, 0xFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF)
LARGEST = 1 << 20
"""Seeds above this are left out: more damage in the same time."""


class Outcome(NamedTuple):
    """How the reading of one file ended: a state, or what went wrong."""

    word: str
    bad: bool
    megabytes: int


class Reader:
    """A child process that reads files one after another, and is replaced when it dies."""

    def __init__(self) -> None:
        self._start()

    def read(self, path: Path) -> Outcome:
        """Return how reading this file ended."""
        assert self._child.stdin
        assert self._child.stdout
        self._child.stdin.write(f"{path}\n")
        self._child.stdin.flush()
        with selectors.DefaultSelector() as waiting:
            waiting.register(self._child.stdout, selectors.EVENT_READ)
            if not waiting.select(PATIENCE):
                return self._replaced("hang")
        line = self._child.stdout.readline()
        if not line:
            return self._replaced(f"crash ({self._child.wait()})")
        told = json.loads(line)
        large = told["megabytes"] > MEMORY_MB
        if large:
            self._replaced("large")
        bad = large or told["word"].startswith("error")
        return Outcome("large" if large else told["word"], bad, told["megabytes"])

    def close(self) -> None:
        """End the child."""
        self._child.kill()
        self._child.communicate()

    def _replaced(self, word: str) -> Outcome:
        self.close()
        self._start()
        return Outcome(word, bad=True, megabytes=0)

    def _start(self) -> None:
        words = [sys.executable, __file__, "--child"]
        pipe = subprocess.PIPE
        self._child = subprocess.Popen(words, stdin=pipe, stdout=pipe, text=True)


def child() -> None:
    """Read the files named on stdin; answer each with a line of JSON."""
    from stillreel.trail import telling
    from stillreel.trail.read import credentials_of

    found = credentials_of(Path(line.rstrip("\n")) for line in sys.stdin)
    while True:
        try:
            one = next(found)
        except StopIteration:
            return
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what we look for
            word = f"error {type(error).__name__}: {error}"
            found = credentials_of(Path(line.rstrip("\n")) for line in sys.stdin)
        else:
            json.dumps(telling.as_json(one))
            telling.lines(one)
            word = one.state
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        sys.stdout.write(json.dumps({"word": word, "megabytes": most}) + "\n")
        sys.stdout.flush()


def seeds() -> list[bytes]:
    """Return whole files to damage."""
    from throwaway import Ingredient, authority, clip, picture

    signer = authority().signer()
    still = signer.sign(picture())
    made = [
        still,
        signer.sign(
            picture(2), Ingredient("panel", signer.sign(picture(3), Ingredient("s", still)))
        ),
        signer.sign(picture(), packed=True),
        signer.sign(picture(kind=".jpg"), mime="image/jpeg"),
        signer.sign(picture(kind=".webp"), mime="image/webp"),
        signer.sign(clip(), Ingredient("still", still, "inputTo"), mime="video/mp4"),
    ]
    public = sorted(PUBLIC.glob("*.*")) if PUBLIC.is_dir() else []
    pictures = [path for path in public if path.suffix in {".png", ".jpg", ".mp4"}]
    return made + [path.read_bytes() for path in pictures if path.stat().st_size <= LARGEST]


def damaged(whole: bytes, other: bytes, chance: random.Random) -> bytes:
    """Return a damaged copy: most damage falls into the first kilobytes, where structure is."""
    data = bytearray(whole)
    reach = min(len(data), 1 << chance.randrange(6, 21))
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at = chance.randrange(reach)
        kind = chance.randrange(8)
        if kind < 3:
            data[at % len(data)] = chance.randrange(256)
        elif kind < 6:
            _lie(data, at, chance)
        elif kind == 6:
            data[at:at] = other[at : at + chance.randrange(1, 4096)]
        else:
            del data[at : at + chance.randrange(1, 4096)]
        if len(data) < 16:
            break
    return bytes(data[: chance.randrange(len(data) + 1)] if chance.random() < 0.1 else data)


def _lie(data: bytearray, at: int, chance: random.Random) -> None:
    """Let a length lie: one before a word of four letters where one is near."""
    words = (
        b"jumb",
        b"jumd",
        b"cbor",
        b"caBX",
        b"uuid",
        b"moov",
        b"udta",
        b"meta",
        b"json",
        b"bfdb",
    )
    place = data.find(chance.choice(words), at)
    start = place - 4 if place >= 4 else min(at, len(data) - 4)
    size = chance.choice((1, 2, 4, 4))
    value = chance.choice((*NASTY, chance.randrange(1 << 32))) % (1 << (8 * size))
    data[start : start + size] = value.to_bytes(size, chance.choice(("big", "little")))


def main() -> int:
    """Damage, read, count."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--seconds", type=float, default=600)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--keep", type=Path)
    words.add_argument("--child", action="store_true")
    chosen = words.parse_args()
    if chosen.child:
        child()
        return 0
    chance = random.Random(chosen.seed)
    whole, counts, faults, most = seeds(), Counter[str](), 0, 0
    reader = Reader()
    until = time.monotonic() + chosen.seconds
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "damaged"
        while time.monotonic() < until:
            path.write_bytes(damaged(chance.choice(whole), chance.choice(whole), chance))
            found = reader.read(path)
            counts[found.word] += 1
            most = max(most, found.megabytes)
            if found.bad:
                faults += 1
                if chosen.keep:
                    chosen.keep.mkdir(parents=True, exist_ok=True)
                    (chosen.keep / f"fault-{faults}").write_bytes(path.read_bytes())
    reader.close()
    for word, count in counts.most_common():
        print(f"{count:>8}  {word}")
    print(f"{sum(counts.values())} files, {faults} faults, at most {most} MB")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
