"""Why a take must be made: which part of its ask differs from the one before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.providers.ask import MotionAsk, StillAsk
from stillreel.values import digest as digests

if TYPE_CHECKING:
    from collections.abc import Mapping

    from stillreel.providers.ask import Ask
    from stillreel.values.scene import BoardScene

_NOT_THE_BASIS = ("take", "program")
_FROM_PLAN = ("panel ", "description", "the look of ", "style")
_MOST = 4


def parts_of(ask: Ask, version: str) -> dict[str, str]:
    """Return the parts a take is made of, each with its digest, in words a person knows."""
    parts = {
        "size": f"{ask.width}x{ask.height}",
        "prompt": digests.of_parts((ask.prompt,)),
        "take": str(ask.take),
        "program": version,
    }
    for reference in ask.references:
        parts[f"reference {reference.label} ({reference.role})"] = reference.digest
    if ask.board is not None:
        parts |= _board(ask.board)
    if isinstance(ask, StillAsk):
        if ask.sheet is not None:
            parts["description"] = digests.of_value(ask.sheet)
        if ask.grounded:
            parts["facts"] = "looked up"
        if ask.lettering:
            parts["lettering"] = digests.of_parts(ask.lettering)
        return parts
    parts |= _motion(ask)
    return parts


def basis_of(parts: Mapping[str, str]) -> str:
    """Return the digest of what was asked, whatever the take number and program version."""
    return digests.of_value(
        {name: part for name, part in parts.items() if name not in _NOT_THE_BASIS}
    )


def why(before: Mapping[str, str] | None, now: Mapping[str, str], *, damaged: bool = False) -> str:
    """Say in a few words why a take is made again, or that it is the first.

    Args:
        before: parts of the take before; None for none.
        now: parts of this one.
        damaged: whether exactly this take was there, and its file is not whole.
    """
    if before is None:
        return "first take"
    if damaged:
        return "its file was missing or damaged"
    if before == now:
        return "what it is made from was made again"
    if before.get("take") != now.get("take"):
        return f"take {now['take']} was asked for"
    changed = [name for name in now if name in before and before[name] != now[name]]
    added = [f"{name} is new" for name in now if name not in before]
    gone = [f"{name} is gone" for name in before if name not in now]
    told = [f"{name} changed" for name in changed] + added + gone
    # A compiled prompt changes with the plan; it is a reason of its own only when it stands alone.
    if any(name.startswith(_FROM_PLAN) for name in changed):
        told = [one for one in told if one != "prompt changed"]
    return ", ".join(told[:_MOST]) + (f" and {len(told) - _MOST} more" if len(told) > _MOST else "")


def _board(board: BoardScene) -> dict[str, str]:
    parts = {f"panel {index}": digests.of_value(one) for index, one in enumerate(board.panels, 1)}
    parts |= {f"the look of {one.id}": digests.of_value(one) for one in (*board.cast, *board.props)}
    parts["style"] = digests.of_parts((board.style, board.ratio))
    return parts


def _motion(ask: MotionAsk) -> dict[str, str]:
    parts = {f"picture of panel {index}": panel.digest for index, panel in enumerate(ask.panels, 1)}
    parts["motion"] = digests.of_parts(
        (str(ask.fps), ask.read, ask.drawn_by, str(ask.caption), ask.quality)
    )
    return parts
