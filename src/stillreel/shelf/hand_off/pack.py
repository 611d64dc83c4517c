"""The pack of one clip: a prompt to paste, pictures in their order, and what to set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stillreel.errors import Refused
from stillreel.providers import fit
from stillreel.providers.picture import size_of, taken
from stillreel.values.digest import of_value
from stillreel.values.sniff import media_type

if TYPE_CHECKING:
    from pathlib import Path

    from stillreel.providers.ask import MotionAsk, Reference
    from stillreel.providers.fit import Form
    from stillreel.providers.offer import Offer

README = "README.md"
_PROMPT = "prompt.txt"
_MARK = ".pack"
"""Holds the digest of what was asked: a clip that was made of something else is not taken."""
_FILM = "film.toml"
_HOME = ("out", "hand-off")
_ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}


@dataclass(frozen=True, slots=True)
class _Picture:
    """One picture of a pack."""

    file: str
    data: bytes
    named: str
    """How the prompt names it, or what it is."""

    @property
    def line(self) -> str:
        """What the README says of it."""
        width, height = size_of(self.data) or (0, 0)
        size = f", {width}x{height}" if width else ""
        return f"`{self.file}`: {self.named}{size}, {len(self.data) / 1e6:.1f} MB"


def written(ask: MotionAsk, form: Form, offer: Offer) -> Path:
    """Write the pack of a clip and return its folder.

    Raises:
        Refused: the place does not take what is asked, or the film has no folder.
    """
    fit.readable(ask, offer)
    frames = ask.read == "frames"
    sent = fit.shown(ask, offer)
    prompt = ask.prompt if frames else fit.spoken(ask, sent, offer)
    names = ["the first frame", "the last frame"] if frames else _names(sent, offer)
    pictures = [
        _picture(number, one, name, ask, offer)
        for number, (one, name) in enumerate(zip(sent, names, strict=False), 1)
    ]
    # Not of the seed: a pack that is laid anew, for the film was moved, is the pack that was laid.
    digest = of_value([offer.provider, prompt, ask.take, [one.digest for one in sent]])
    folder = _folder(ask, digest)
    folder.mkdir(parents=True, exist_ok=True)
    for one in pictures:
        (folder / one.file).write_bytes(one.data)
    (folder / _PROMPT).write_text(prompt, "utf-8")
    (folder / README).write_text(_readme(ask, form, offer, pictures), "utf-8")
    (folder / _MARK).write_text(digest, "ascii")
    return folder


def _folder(ask: MotionAsk, digest: str) -> Path:
    """Return the folder of an ask: its own if it has one, else the first that is free."""
    home = _film(ask).joinpath(*_HOME)
    number = 1
    while True:
        folder = home / (ask.subject if number == 1 else f"{ask.subject}-{number}")
        mark = folder / _MARK
        if not folder.exists() or (mark.is_file() and mark.read_text("ascii") == digest):
            return folder
        number += 1


def _film(ask: MotionAsk) -> Path:
    """Return the folder of the film that the pictures of an ask lie in.

    Raises:
        Refused: they lie in none.
    """
    for one in (*ask.panels, *ask.references):
        for folder in one.file.resolve().parents:
            if (folder / _FILM).is_file():
                return folder
    raise Refused(
        "The pictures of the clip lie in no film's folder, so there is no place for its pack.",
        where=ask.subject,
        next_step="Run it from the film's own folder.",
        failure="invalid",
    )


def _names(sent: tuple[Reference, ...], offer: Offer) -> list[str]:
    return [
        f"{offer.reference_syntax.replace('{n}', str(number))}, {one.label}"
        for number, one in enumerate(sent, 1)
    ]


def _picture(number: int, one: Reference, name: str, ask: MotionAsk, offer: Offer) -> _Picture:
    data = taken(one, offer.pictures, ask.subject)
    kind = media_type(data[:16])
    label = "".join(letter if letter.isalnum() else "-" for letter in one.label)
    return _Picture(f"{number}-{label}.{_ENDINGS.get(kind, 'img')}", data, name)


def _readme(ask: MotionAsk, form: Form, offer: Offer, pictures: list[_Picture]) -> str:
    mode = "first and last frame" if ask.read == "frames" else "references"
    frames = sum(panel.frames for panel in ask.board.panels)
    where = f" ({offer.base_url})" if offer.base_url else ""
    rows = [
        f"# {ask.subject}: make this clip with {offer.model}",
        "",
        f"1. Open {offer.model}{where} and choose image to video, with {mode}.",
        "2. Add the pictures of this folder, in this order:",
        *(f"   - {one.line}" for one in pictures),
        f"3. Paste the whole of `{_PROMPT}` as the prompt.",
        "4. Set:",
        f"   - length: {form.seconds} s ({frames / ask.fps:.1f} s are used)",
        f"   - size: {form.resolution}, {form.ratio} ({form.width}x{form.height})",
        "   - sound: off",
        f"   - seed: {ask.seed % 2**32}, if it can be set",
        "5. Download the clip, without a watermark if the place can do that, and put it into",
        "   this folder. Its name does not matter; one clip only.",
        "6. Run stillreel again: it checks length and size, and takes the clip.",
        "",
        "Nothing was sent from here, and nothing was paid.",
    ]
    return "\n".join(rows) + "\n"
