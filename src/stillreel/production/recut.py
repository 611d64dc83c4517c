"""A view cut out of a sheet by hand: the cheapest fix where the measured cut is not clean."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from stillreel.errors import UsageError
from stillreel.measure.nouns import PlateRole
from stillreel.production.decide import stage_of
from stillreel.production.open import ledger_of

if TYPE_CHECKING:
    from stillreel.production.folder import Folder
    from stillreel.values.take import Take

_SMALLEST = 64
"""Pixels of a side below which a view is no use as a reference."""
_FORM = "Write VIEW=LEFT,TOP,RIGHT,BOTTOM in pixels of the sheet, like front=40,60,420,880."
_VIEWS = tuple(role for role in get_args(PlateRole) if role != "other")


def recut(folder: Folder, what: str, cut: str, note: str = "") -> tuple[str, Take]:
    """Cut a view out of the sheet in the film by hand, and return its role and the sheet.

    Args:
        folder: the project.
        what: id of a character.
        cut: the view and its edges, `front=40,60,420,880`.
        note: the person's reason.

    Raises:
        UsageError: nothing is called that, it has no sheet yet, or the cut is none of its picture.
    """
    role, box = _read(cut)
    if stage_of(folder, what) != "sheet":
        raise UsageError(
            f"{what} is no sheet, so no view can be cut out of it.",
            where=what,
            next_step="Name somebody of the cast; one panel is asked again with `redo DIR C01.P3`.",
        )
    with ledger_of(folder) as (ledger, store):
        now = next((one for one in ledger.current("sheet") if one.subject == what), None)
        take = ledger.take(now.take_id) if now else None
        if take is None:
            raise UsageError(
                f"The sheet of {what} has not been drawn yet.",
                where=what,
                next_step=f"Draw it first: stillreel run {folder.root} --until sheet",
            )
        from stillreel.measure import pictures

        path = store.path(take.main.digest, take.main.media_type)
        height, width = pictures.decode(path.read_bytes(), str(path)).shape[:2]
        _must_lie_inside(box, width, height, str(path))
        ledger.cut_by_hand(take, role, box, note)
    return role, take


def _read(cut: str) -> tuple[str, tuple[int, int, int, int]]:
    role, _, edges = cut.partition("=")
    parts = edges.split(",")
    if role not in _VIEWS or len(parts) != 4 or not all(one.strip().isdecimal() for one in parts):
        views = ", ".join(_VIEWS)
        raise UsageError(f"{cut!r} is no cut.", next_step=f"{_FORM} Views: {views}.")
    left, top, right, bottom = (int(one) for one in parts)
    return role, (left, top, right, bottom)


def _must_lie_inside(box: tuple[int, int, int, int], width: int, height: int, where: str) -> None:
    left, top, right, bottom = box
    if right > width or bottom > height:
        raise UsageError(
            f"The cut reaches outside the sheet, which is {width} x {height} pixels.",
            where=where,
            next_step=_FORM,
        )
    if min(right - left, bottom - top) < _SMALLEST:
        raise UsageError(
            f"The cut is {right - left} x {bottom - top} pixels; a view needs {_SMALLEST} a side.",
            where=where,
            next_step=_FORM,
        )
