"""What the measuring verbs share: pictures read with care, and answers about several files."""

from __future__ import annotations

import stat
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING

from stillreel.cli import show
from stillreel.errors import MediaError, UsageError
from stillreel.measure.nouns import IdentityScore

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence
    from pathlib import Path

    from stillreel.measure.nouns import Image, NotMeasurable

_SMALLEST = 32
"""Pixels of the shorter side; nothing can be told of a smaller picture."""
_MOST_BYTES = 512 * 1024 * 1024
"""Largest picture file that is read; 64 million pixels of 16 bits with alpha are no larger."""
_BAD_FILES = 3


class Answer:
    """What is told of several files: one that cannot be measured does not keep back the others."""

    def __init__(self, files: Sequence[Path]) -> None:
        """Begin an answer about these files.

        Raises:
            UsageError: there are none.
        """
        if not files:
            raise UsageError(
                "There is nothing to measure.", next_step="Name at least one picture or clip."
            )
        self.results: list[dict[str, object]] = []
        self.lines: list[str] = []
        self.errors: list[MediaError] = []

    @contextmanager
    def one(self) -> Generator[None]:
        """Keep what is wrong with one file, and let the others be measured."""
        try:
            yield
        except MediaError as error:
            self.errors.append(error)

    def tell(self, *, as_json: bool) -> int:
        """Print the answer, then a sentence for each bad file, and return the exit code.

        Raises:
            MediaError: one file was named, and it is a bad one.
        """
        if len(self.errors) == 1 and not self.results:
            raise self.errors[0]
        if as_json:
            errors = [show.failure_row(error) for error in self.errors]
            show.document({"results": self.results, "errors": errors})
        else:
            show.lines(self.lines)
            for error in self.errors:
                show.failure(error, as_json=False)
        return _BAD_FILES if self.errors else 0


def picture(file: Path) -> Image:
    """Return the pixels of a picture file, (height, width, 3) BGR.

    Raises:
        MediaError: it is not there, no regular file, too large, too small or no picture.
    """
    from stillreel.measure import pictures

    if regular(file) > _MOST_BYTES:
        raise MediaError(
            f"The file has more than {_MOST_BYTES >> 20} MB.",
            where=str(file),
            next_step="Give a PNG, JPEG or WebP picture.",
        )
    try:
        data = file.read_bytes()
    except OSError as error:
        raise _unread(file, error) from error
    image = pictures.decode(data, str(file))
    if min(image.shape[:2]) < _SMALLEST:
        raise MediaError(
            f"The picture is {image.shape[1]} x {image.shape[0]} pixels, too small to measure.",
            where=str(file),
            next_step=f"Give one with at least {_SMALLEST} pixels a side.",
        )
    return image


def regular(file: Path) -> int:
    """Return the bytes of a regular file; a device or pipe may never end.

    Raises:
        MediaError: it is not there, or is something else.
    """
    try:
        found = file.stat()
    except OSError as error:
        raise _unread(file, error) from error
    if not stat.S_ISREG(found.st_mode):
        kind = "a folder" if stat.S_ISDIR(found.st_mode) else "no regular file"
        raise MediaError(f"This is {kind}.", where=str(file), next_step="Name a file.")
    return found.st_size


def likeness_row(found: IdentityScore | NotMeasurable) -> dict[str, object]:
    """Return a likeness as values of a row."""
    if not isinstance(found, IdentityScore):
        return {
            "score": None,
            "interval": None,
            "same": None,
            "tier": found.tier,
            "attributes": {},
            "not_measurable": found.reason,
        }
    return {
        "score": round(found.score, 3),
        "interval": [round(found.interval[0], 3), round(found.interval[1], 3)],
        "same": found.same,
        "tier": found.tier,
        "attributes": {
            one.name: "not_measurable" if one.score is None else round(one.score, 3)
            for one in found.attributes
        },
        "weights": [asdict(one) for one in found.weights],
    }


def _unread(file: Path, error: OSError) -> MediaError:
    return MediaError(
        f"The file cannot be read: {error.strerror}.", where=str(file), next_step="Check the path."
    )
