"""What keeps a platform from taking a clip, each with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.engine.route.nouns import Clip, Option, Sample, Terms
    from stillreel.values.money import Money

_PATIENCE = 3
"""Failures in a row after which a platform is paused."""
_PAUSE = 120.0
_LONGEST = 3600.0
_OWN_FAULT = frozenset({"provider", "account"})
_LOOKS = 2
"""A result should stay for at least two looks, so that one may fail."""


def barred(option: Option) -> str:
    """Return why a platform takes no clip of this film at all; empty if it may."""
    if option.refuses:
        return option.refuses
    if not option.key:
        return "its key is missing"
    if option.slots < 1:
        return "it has no slots"
    if option.retention and option.retention < _LOOKS * option.look_every:
        return (
            f"it keeps a result for {option.retention:.0f} s, "
            f"and we look every {option.look_every:.0f} s"
        )
    return ""


def terms(clip: Clip, option: Option) -> tuple[Money, str]:
    """Return what a clip costs at most on a platform, and why it cannot be made there."""
    own: Terms | None = next((one for one in clip.terms if one.provider == option.provider), None)
    if own is None:
        return option.price, ""
    return own.price if own.price is not None else option.price, own.refuses


def paused_until(samples: Sequence[Sample]) -> float:
    """Return until when one platform rests after failures in a row; 0 if it need not.

    An account failure (key revoked, no credit) pauses at once. Each further failure doubles the
    rest, up to an hour, after which one clip may try again.
    """
    row = account = 0
    for one in reversed(samples):
        if one.failure not in _OWN_FAULT:
            break
        row += 1
        account += one.failure == "account"
    worth = row + account * _PATIENCE
    if worth < _PATIENCE:
        return 0.0
    return samples[-1].at + min(_LONGEST, _PAUSE * 2.0 ** (worth - _PATIENCE))
