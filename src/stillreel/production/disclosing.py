"""The disclosure pack of a film: who made what, what people decided, and what to tick where."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import TYPE_CHECKING, cast

from stillreel.ledger.store import write_atomic
from stillreel.production.lineage import Lineage, is_trained, title_of
from stillreel.production.signing import sha256
from stillreel.providers import registry
from stillreel.trail.disclosure.nouns import (
    Aid,
    Certificate,
    Decision,
    Label,
    Maker,
    Marks,
    Sheet,
    Shot,
    Told,
    Verdict,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.ledger.book import Ledger
    from stillreel.production.cutting import CutFilm
    from stillreel.production.open import Opened
    from stillreel.production.signing import Signing
    from stillreel.trail.disclosure.nouns import Declared, Deed
    from stillreel.trail.nouns import State
    from stillreel.values.take import Take

DISCLOSURE = "disclosure.json"
_CREDITS, _HINTS = "credits.txt", "upload-hints.json"
_DEEDS: dict[str, Deed] = {"chosen": "chose", "redo": "redid", "approved": "approved"}
_LABEL_HEIGHT = Fraction(1, 20)


def lay_pack(
    opened: Opened, ledger: Ledger, film: CutFilm, takes: Sequence[Take], signing: Signing | None
) -> None:
    """Write the disclosure of a film beside it, unless that of exactly this film lies there.

    Args:
        opened: the project.
        ledger: what happened.
        film: as it lies in out/.
        takes: of its clips, in order.
        signing: who signed it; None for nobody.

    Raises:
        StorageError: the folder cannot be written.
    """
    from stillreel.trail.disclosure.hints import upload_hints
    from stillreel.trail.disclosure.pack import disclosure_json
    from stillreel.trail.disclosure.words import credits_text

    out = opened.folder.out
    if not film.made and all((out / name).is_file() for name in (DISCLOSURE, _CREDITS, _HINTS)):
        return
    told = _told(opened, ledger, film, takes, signing)
    realistic = opened.settings.disclosure.realistic
    for name, text in (
        (DISCLOSURE, disclosure_json(told)),
        (_CREDITS, credits_text(told)),
        (_HINTS, upload_hints(told, realistic=realistic)),
    ):
        write_atomic(out / name, text.encode())


def _told(
    opened: Opened, ledger: Ledger, film: CutFilm, takes: Sequence[Take], signing: Signing | None
) -> Told:
    from importlib.metadata import version

    from stillreel.film.ask import TITLE_SECONDS

    plan, rules = opened.plan, opened.settings.disclosure
    title = int(TITLE_SECONDS * plan.fps) if opened.settings.film.titles or rules.label else 0
    recorded = ledger.take(film.identity)
    lineage = signing.lineage if signing else Lineage(ledger)
    return Told(
        title=plan.title,
        made_at=recorded.made_at if recorded else "",
        program=f"stillreel {version('stillreel')}",
        ledger_head=ledger.head(),
        film_sha256=film.digest,
        frames=int(film.seconds * plan.fps),
        fps=plan.fps,
        source_type=lineage.source_type(takes),
        certificate=_certificate(signing),
        shots=tuple(_shots(opened, ledger, lineage, takes, title)),
        sheets=tuple(
            Sheet(take.subject, maker(take))
            for take in lineage.behind(takes)
            if take.stage == "sheet"
        ),
        decisions=tuple(
            Decision(_DEEDS[event.kind], event.subject, event.at, event.message)
            for event in ledger.events()
            if event.kind in _DEEDS
        ),
        aids=_aids(opened),
        label=Label(rules.label, 0, title, _LABEL_HEIGHT) if rules.label else None,
        pixel_mark=film.mark,
        xmp=signing is not None,
        aigc=signing is not None and bool(rules.aigc_producer),
        sidecar=signing is not None,
    )


def _shots(
    opened: Opened, ledger: Ledger, lineage: Lineage, takes: Sequence[Take], at: int
) -> list[Shot]:
    from stillreel.plan.scenes import panel_frames

    clips = {clip.id: clip for clip in opened.plan.clips}
    shots: list[Shot] = []
    for take in takes:
        frames = sum(panel_frames(opened.plan, clips[take.subject]))
        fed = lineage.fed(take)
        board = next((owner for owner, _ in fed if owner.stage == "grid"), take)
        verdict, marks = _vendor(ledger, take)
        shots.append(
            Shot(
                clip=take.subject,
                start=at,
                end=at + frames,
                motion=maker(take),
                still=maker(board),
                made_at=take.made_at,
                take=take.id,
                prompt_sha256=sha256(take.prompt),
                credential=verdict,
                marks=marks,
                references=tuple(title_of(*one) for one in fed if one[0].stage != "grid"),
            )
        )
        at += frames
    return shots


def maker(take: Take) -> Maker:
    """Return who made a take."""
    if is_trained(take.provider):
        return Maker(take.provider, take.model, "trained-model")
    return Maker(take.provider, take.model, "drawn-by-rules", "stillreel")


def _vendor(ledger: Ledger, take: Take) -> tuple[Verdict | None, Marks]:
    """Return what a vendor's file said of itself when it came in, and of invisible marks."""
    if not is_trained(take.provider):
        return None, Marks("not-declared")
    told = json.loads(ledger.credential(take.main.digest) or "{}")
    stamps = registry.offer(take.provider).stamps
    dated = registry.offer(take.provider).dated.isoformat()
    marks = Marks(
        cast("Declared", told.get("synthid", "not-checkable")),
        f"SynthID, as told on {dated}" if "synthid" in stamps else "",
    )
    if told.get("state", "NoManifest") == "NoManifest":
        return None, marks
    facts = {name: told.get(name) or "" for name in ("issuer", "lists_snapshot", "checked_at")}
    return Verdict(cast("State", told["state"]), **facts), marks


def _aids(opened: Opened) -> tuple[Aid, ...]:
    from stillreel.production.writing import is_model

    found: list[Aid] = []
    writer = opened.settings.make.writer
    if is_model(writer):
        found.append(Aid("words", Maker(writer, writer.rpartition(":")[2], "trained-model")))
    if opened.settings.film.voice:
        found.append(Aid("voices", Maker("stillreel", "espeak-ng", "drawn-by-rules")))
    return tuple(found)


def _certificate(signing: Signing | None) -> Certificate | None:
    if signing is None:
        return None
    who = signing.identity
    return Certificate(who.name, who.home_made, time_stamped=bool(who.time_stamp_url))
