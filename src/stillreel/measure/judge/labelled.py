"""Labels to bench a judge with: read from a file a person wrote, or drawn so that all is known."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from stillreel.errors import ProjectError
from stillreel.measure.calibration.people import changed, person
from stillreel.measure.calibration.shots import PLAIN, take
from stillreel.measure.judge.checklist import checklist, control
from stillreel.measure.judge.nouns import Depiction, Labelled, Question, Severity, View, Zone
from stillreel.measure.pictures import decode
from stillreel.providers.ask import Seen
from stillreel.values.scene import Mark, Worn

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from stillreel.measure.calibration.people import Part
    from stillreel.values.scene import Identity

_DOSE = 48.0
"""Lab units a changed colour is moved by: nobody who looks misses it."""
_PLAIN_COLOURS = ("#b8322a", "#35659a", "#4a7d4c", "#ecd45a", "#6a4a8f", "#7a5233", "#8a8d92")
"""Colours that every plain word for them fits."""
_HAT = Worn(garment="hat", colour="#b8322a")
_PATCH = Mark(kind="patch", where="cheek", side="left", colour="#2a3550")


class _Pair(BaseModel):
    model_config = ConfigDict(extra="forbid")

    reference: str
    candidate: str
    view: View = "full"
    attribute: str
    zone: Zone = "whole"
    expected: str
    severity: Severity = "visible"
    seen: Seen


class _Labels(BaseModel):
    model_config = ConfigDict(extra="forbid")

    format: int = Field(default=1, ge=1, le=1)
    pair: tuple[_Pair, ...]


def read_labels(path: Path) -> tuple[Labelled, ...]:
    """Read `[[pair]]` tables of a TOML file; pictures lie beside it.

    Raises:
        ProjectError: the file is missing, or is not what it should be.
        MediaError: a picture cannot be read.
    """
    try:
        held = _Labels.model_validate(tomllib.loads(path.read_text("utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise ProjectError(
            f"The labels cannot be read: {_why(error)}.",
            where=str(path),
            next_step="Each [[pair]] needs reference, candidate, attribute, expected and seen.",
        ) from error
    return tuple(_labelled(one, path.parent) for one in held.pair)


def _why(error: Exception) -> str:
    if isinstance(error, OSError):
        return str(error.strerror)
    if not isinstance(error, ValidationError):
        return str(error)
    first = error.errors()[0]
    place = (str(one + 1) if isinstance(one, int) else one for one in first["loc"])
    return f"{' '.join(place)}: {first['msg']}"


def drawn_labels(
    count: int, seed: int, look: str, named: Callable[[str], str]
) -> tuple[Labelled, ...]:
    """Return pairs of drawn figures of which the truth is known: a third of each answer.

    Args:
        count: how many.
        seed: same seed, same pairs.
        look: name of a look the pencil draws in.
        named: the plain word for a colour `#rrggbb`.
    """
    rng = np.random.default_rng(seed)
    truths: tuple[Seen, ...] = ("present", "changed", "absent")
    return tuple(_drawn(rng, at, truths[at % 3], look, named) for at in range(count))


def _drawn(
    rng: np.random.Generator, at: int, truth: Seen, look: str, named: Callable[[str], str]
) -> Labelled:
    who = person(rng, f"label-{at + 1:03}")
    colours = rng.permutation(_PLAIN_COLOURS)
    worn = (
        one.model_copy(update={"colour": str(colour)})
        for one, colour in zip(who.outfit, colours, strict=False)
    )
    who = who.model_copy(update={"outfit": (*worn, _HAT), "marks": (_PATCH,)})
    name, other = _altered(who, truth, rng)
    asked = {one.attribute: one for one in checklist(who, named)}
    ours, theirs = (Depiction(take(one, PLAIN, look)) for one in (who, other))
    return Labelled(asked[name], ours, theirs, truth, control(who, at))


def _altered(who: Identity, truth: Seen, rng: np.random.Generator) -> tuple[str, Identity]:
    """Return the attribute that is asked about, and the figure as it then is."""
    if truth == "absent":
        if rng.integers(2):
            return "hat", who.model_copy(update={"outfit": who.outfit[:-1]})
        return "patch left cheek", who.model_copy(update={"marks": ()})
    parts: tuple[Part, ...] = ("upper", "lower")
    at = int(rng.integers(len(parts)))
    name, part, turn = who.outfit[at].garment, parts[at], float(rng.uniform(0, 2 * np.pi))
    return name, changed(who, part, _DOSE, turn) if truth == "changed" else who


def _labelled(one: _Pair, folder: Path) -> Labelled:
    pictures: list[Depiction] = []
    for name in (one.reference, one.candidate):
        path = folder / name
        try:
            data = path.read_bytes()
        except OSError as error:
            raise ProjectError(
                "A labelled picture cannot be read.",
                where=str(path),
                next_step="Mend its name in the labels.",
            ) from error
        pictures.append(Depiction(decode(data, str(path)), one.view))
    question = Question(one.attribute, one.zone, one.expected, one.severity)
    return Labelled(question, pictures[0], pictures[1], one.seen)
