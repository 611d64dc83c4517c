"""`upload-hints.json`: what to tick where a film is uploaded, why, and who says so.

The rules of the platforms are told as their own pages had them on `READ`; they move often.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from stillreel.trail.disclosure.rules import NOTICE, lines
from stillreel.trail.disclosure.words import statement

if TYPE_CHECKING:
    from stillreel.trail.disclosure.nouns import Told

READ = "2026-11-27"


@dataclass(frozen=True, slots=True)
class Hint:
    """What one platform asks, and the answer for this film."""

    platform: str
    field: str
    """As the platform's interface for programs names it; empty where there is none."""
    value: bool | str | None
    """What to put there; None: leave it alone."""
    on_the_page: str
    """What to do when uploading by hand."""
    why: str
    source: str
    source_date: str
    """Of the rule or its page, ISO 8601; empty where it names none."""
    read: str = READ


def upload_hints(told: Told, *, realistic: bool) -> str:
    """Return what to tick on each platform, as a JSON document, format 1.

    Args:
        told: how the film was made.
        realistic: whether viewers could take its pictures or voices for real ones. A person
            decides that; nothing in a file can.
    """
    hints = (_youtube(told, realistic), _tiktok(told, realistic), _meta(realistic), _ads(told))
    document = {
        "format": 1,
        "title": told.title,
        "realistic": realistic,
        "made_by_models": told.by_model,
        "digital_source_type": told.source_type,
        "description": statement(told),
        "hints": [asdict(hint) for hint in hints],
        "rules": [asdict(line) for line in lines(told)],
        "notice": NOTICE,
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _youtube(told: Told, realistic: bool) -> Hint:
    why = (
        "Asked for where altered or synthetic pictures or sound look real, with whatever tool "
        "they were made. "
    )
    if realistic:
        why += "You say that this film could be taken for real."
    elif told.by_model:
        why += "Clearly unrealistic pictures need no disclosure, even where a model made them."
    else:
        why += "Clearly unrealistic animation needs no disclosure."
    why += " YouTube reads signals in the file and may add a label by itself."
    return Hint(
        platform="YouTube",
        field="status.containsSyntheticMedia",
        value=realistic,
        on_the_page=f"Altered content: {'Yes' if realistic else 'No'}",
        why=why,
        source="https://support.google.com/youtube/answer/14328491 and "
        "https://developers.google.com/youtube/v3/revision_history",
        source_date="2024-10-30",
    )


def _tiktok(told: Told, realistic: bool) -> Hint:
    tick = told.by_model
    if not tick:
        why = "It asks about content that AI made or changed; no trained model made this film's."
        why += " Content that could be taken for real may still not mislead." if realistic else ""
    elif realistic:
        why = "Required where AI made or much changed pictures, sound or video that look real."
    else:
        why = (
            "Required only where it looks real, encouraged wherever AI made all or much of it; "
            "TikTok reads Content Credentials and may label the film by itself."
        )
    return Hint(
        platform="TikTok",
        field="post_info.is_aigc",
        value=tick,
        on_the_page=f"More options, AI-generated content: {'on' if tick else 'off'}",
        why=why,
        source="TikTok's help page on AI-generated content, as reported on that day; the field in "
        "https://developers.tiktok.com/doc/content-posting-api-reference-direct-post",
        source_date="2026-05-18",
    )


def _meta(realistic: bool) -> Hint:
    why = (
        "Required for video that looks like filmed reality and for sound that seems real, where "
        "either was made or changed digitally. "
    )
    why += (
        "You say that this film could be taken for real."
        if realistic
        else "You say that it is neither."
    )
    return Hint(
        platform="Meta (Facebook, Instagram, Threads)",
        field="",
        value=None,
        on_the_page=f"AI label: {'on' if realistic else 'off'}",
        why=f"{why} Meta reads C2PA and IPTC signals and may add the label by itself.",
        source="https://www.meta.com/help/artificial-intelligence/1783222608822690/",
        source_date="",
    )


def _ads(told: Told) -> Hint:
    helped = any(aid.maker.origin != "drawn-by-rules" for aid in told.aids)
    why = "Asked of advertisers: whether AI created or edited it. "
    if told.by_model:
        value, page = "IS_SYNTHETIC", "AI-generated or AI-edited: yes"
        why += "A trained model made pictures or sound of it."
    elif helped:
        value, page = None, "AI-generated or AI-edited: leave it unset, or ask"
        why += "Its pictures are drawn by rules, but a trained model helped to make it."
    else:
        value, page = "NOT_SYNTHETIC", "AI-generated or AI-edited: no"
        why += "No trained model took part in it."
    return Hint(
        platform="Google Ads and Display & Video 360",
        field="syntheticContentAttestationStatus",
        value=value,
        on_the_page=page,
        why=f"{why} Once set it can be changed, never cleared; it adds the label by region.",
        source="https://developers.google.com/display-video/api/guides/concepts/"
        "campaign-resources/ai-content-labels",
        source_date="2026-07-23",
    )
