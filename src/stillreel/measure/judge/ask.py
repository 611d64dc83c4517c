"""Questions as asks: zoomed crop pairs, the whole figures for context, in both orders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np

from stillreel.measure.judge.checklist import checklist, control, in_view, narrower, span
from stillreel.measure.people.figure import foreground
from stillreel.measure.pictures import encode_png, thumbnail
from stillreel.providers.ask import JudgeAsk, Shown
from stillreel.values.digest import of_bytes, seed_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from stillreel.measure.judge.nouns import Depiction, Question, View, Zone
    from stillreel.measure.nouns import Image
    from stillreel.providers.ask import Role
    from stillreel.values.scene import Identity

_SIDE = 512
"""Pixels of the longer side of everything that is shown."""
_SEEN_AT = 256
"""Pixels of the longer side at which the figure is told from what is behind it."""
_MARGIN = 0.12
"""What is left beside a part, as a share of its height."""
_FORM = (
    'Answer with JSON only: {"seen": "present" | "changed" | "absent" | "cannot see", '
    '"how": "what differs, if changed", "evidence": "what in the candidate shows it"}.'
)
_RULES = (
    "present: the candidate shows it as the reference does, and the expected words fit both. "
    "changed: it is there, but differs from the reference, or the expected words do not fit. "
    "absent: the place where it should be is in view, and it is not there. "
    "cannot see: the place is hidden, cut off, turned away or too small. "
    "Light, background, pose and style of drawing do not count as a change. "
    "Colour words are rough names. The expectation may be plainly wrong; trust your eyes."
)


@dataclass(frozen=True, slots=True)
class Round:
    """One question in both orders."""

    question: Question
    first: JudgeAsk
    """Reference first."""
    second: JudgeAsk
    """Candidate first."""


class Gallery:
    """Pictures as they are shown, each made once however many questions are about it."""

    def __init__(self) -> None:
        self._held: dict[tuple[int, View, Role, Zone], tuple[Depiction, Shown]] = {}

    def shown(self, role: Role, depiction: Depiction, zone: Zone) -> Shown:
        """Return a zone of a depiction, its longer side 512 px."""
        # The depiction is kept beside its picture, so that nothing else gets its number.
        key = (id(depiction.image), depiction.view, role, zone)
        if key not in self._held:
            data = encode_png(part_of(depiction, zone))
            self._held[key] = (depiction, Shown(role, of_bytes(data), data))
        return self._held[key][1]


def rounds(
    subject: str,
    questions: Sequence[Question],
    reference: Depiction,
    candidate: Depiction,
    take: int = 1,
    gallery: Gallery | None = None,
) -> tuple[Round, ...]:
    """Return the asks for every question whose part both pictures have in view.

    Args:
        subject: stable id of who is looked at.
        questions: the checklist, and a control.
        reference: how it should be.
        candidate: what is looked at.
        take: 1 for the first time.
        gallery: what was made for other questions about the same pictures.
    """
    gallery = gallery or Gallery()
    return tuple(
        _round(subject, question, reference, candidate, take, gallery)
        for question in questions
        if in_view(question, reference.view) and in_view(question, candidate.view)
    )


def comparison(
    who: Identity, named: Callable[[str], str], reference: Depiction, candidate: Depiction
) -> tuple[Round, ...]:
    """Return everything that is asked about a character and a pair of pictures, with one trap.

    Which trap follows from the candidate: the same pair is asked the same, and so is paid once.

    Args:
        who: from the plan.
        named: the plain word for a colour `#rrggbb`.
        reference: how they should be.
        candidate: what is looked at.
    """
    gallery = Gallery()
    lot = seed_of("trap", gallery.shown("candidate-whole", candidate, "whole").digest)
    trap = control(who, lot, narrower(reference.view, candidate.view))
    questions = (*checklist(who, named), trap)
    return rounds(who.id, questions, reference, candidate, gallery=gallery)


def part_of(depiction: Depiction, zone: Zone) -> Image:
    """Return a part of a standing figure, its longer side enlarged or reduced to 512 px."""
    image = depiction.image
    if zone == "whole":
        return _sized(image)
    height, width = image.shape[:2]
    top, bottom = span(zone, depiction.view)
    first = min(int(top * height), height - 1)
    last = max(first + 1, int(np.ceil(bottom * height)))
    left, right = _columns(image, first / height, last / height)
    margin = _MARGIN * (last - first) / width
    left, right = max(0.0, left - margin), min(1.0, right + margin)
    return _sized(
        image[first:last, int(left * width) : max(int(left * width) + 1, int(right * width))]
    )


def _columns(image: Image, top: float, bottom: float) -> tuple[float, float]:
    """Return left and right of the figure between two heights, all as shares of the picture."""
    mask = foreground(thumbnail(image, _SEEN_AT))
    rows = mask[int(top * mask.shape[0]) : max(1, int(np.ceil(bottom * mask.shape[0])))]
    columns = np.nonzero(rows.any(axis=0))[0]
    if columns.size < 2:
        return 0.0, 1.0
    return float(columns[0]) / mask.shape[1], float(columns[-1] + 1) / mask.shape[1]


def _round(
    subject: str,
    question: Question,
    reference: Depiction,
    candidate: Depiction,
    take: int,
    gallery: Gallery,
) -> Round:
    ours = (
        gallery.shown("reference-part", reference, question.zone),
        gallery.shown("reference-whole", reference, "whole"),
    )
    theirs = (
        gallery.shown("candidate-part", candidate, question.zone),
        gallery.shown("candidate-whole", candidate, "whole"),
    )
    name = f"{subject}/{question.attribute.replace(' ', '-')}"
    one = JudgeAsk(name, _prompt(question, "1 and 2", "3 and 4"), (*ours, *theirs), take)
    two = JudgeAsk(name, _prompt(question, "3 and 4", "1 and 2"), (*theirs, *ours), take)
    return Round(question, one, two)


def _prompt(question: Question, ours: str, theirs: str) -> str:
    return (
        f"Pictures {ours} are the reference of a character, pictures {theirs} the candidate; of "
        f"each pair the first is a close view of one part, the second the whole figure. "
        f"Look at one thing only: {question.attribute}. Expected: {question.expected}. "
        f"Does the candidate show it? {_RULES} {_FORM}"
    )


def _sized(image: Image) -> Image:
    import cv2

    height, width = image.shape[:2]
    scale = _SIDE / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return cast("Image", cv2.resize(image, size, interpolation=how))
