"""`disclosure.json`: who and what made every shot, what is known of it and what people decided."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from stillreel.trail.disclosure.nouns import counted
from stillreel.trail.disclosure.rules import NOTICE, lines
from stillreel.trail.disclosure.words import statement
from stillreel.values.timecode import timecode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from stillreel.trail.disclosure.nouns import Label, Maker, Shot, Told

Document = dict[str, object]
"""JSON; it leaves this module as text only."""


def disclosure_json(told: Told) -> str:
    """Return the disclosure of a film as a JSON document, format 1."""
    document: Document = {
        "format": 1,
        "film": {
            "title": told.title,
            "statement": statement(told),
            "origin": told.origin,
            "digital_source_type": told.source_type,
            "seconds": round(float(told.seconds), 3),
            "frames": told.frames,
            "fps": told.fps,
            "made_at": told.made_at,
            "program": told.program,
            "sha256": told.film_sha256,
            "ledger_head": told.ledger_head,
        },
        "signature": asdict(told.certificate) if told.certificate else None,
        "marks": {
            "xmp": told.xmp,
            "aigc": told.aigc,
            "pixel_mark": told.pixel_mark or None,
            "visible_label": _label(told.label, told.fps) if told.label else None,
            "sidecar": told.sidecar,
        },
        "counts": _counts(told),
        "shots": [_shot(shot, told.fps) for shot in told.shots],
        "sheets": [{"subject": one.subject, **_maker(one.maker)} for one in told.sheets],
        "aids": [{"job": aid.job, **_maker(aid.maker)} for aid in told.aids],
        "decisions": [asdict(decision) for decision in told.decisions],
        "rules": [asdict(line) for line in lines(told)],
        "notice": NOTICE,
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _counts(told: Told) -> Document:
    return {
        "shots": len(told.shots),
        "by_origin": counted(shot.origin for shot in told.shots),
        "sheets": _makers(sheet.maker for sheet in told.sheets),
        "stills": _makers(shot.still for shot in told.shots),
        "motion": _makers(shot.motion for shot in told.shots),
        "decisions": counted(decision.deed for decision in told.decisions),
    }


def _makers(makers: Iterable[Maker]) -> Document:
    found = list(makers)
    return {
        "by_model": counted(maker.name for maker in found),
        "by_vendor": counted(maker.vendor or maker.provider for maker in found),
    }


def _shot(shot: Shot, fps: int) -> Document:
    return {
        "clip": shot.clip,
        "start": timecode(shot.start, fps),
        "end": timecode(shot.end, fps),
        "frames": shot.end - shot.start,
        "origin": shot.origin,
        "motion": _maker(shot.motion),
        "still": _maker(shot.still),
        "references": list(shot.references),
        "made_at": shot.made_at,
        "take": shot.take,
        "prompt_sha256": shot.prompt_sha256 or None,
        "credential": asdict(shot.credential) if shot.credential else None,
        "marks": {
            "declared": shot.marks.declared,
            "announced": shot.marks.announced or None,
            "detected": shot.marks.detected or None,
        },
    }


def _maker(maker: Maker) -> Document:
    return {
        "provider": maker.provider,
        "model": maker.model,
        "vendor": maker.vendor or maker.provider,
        "origin": maker.origin,
    }


def _label(label: Label, fps: int) -> Document:
    return {
        "text": label.text,
        "start": timecode(label.start, fps),
        "end": timecode(label.end, fps),
        "height": round(float(label.height), 4),
    }
