"""Films that the tests of disclosure tell of."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from stillreel.trail.disclosure.nouns import (
    Aid,
    Certificate,
    Decision,
    Label,
    Maker,
    Marks,
    Shot,
    Told,
    Verdict,
)

PEN = Maker("ink", "1.0", "drawn-by-rules")
MOVE = Maker("animatic", "1.0", "drawn-by-rules")
GPT = Maker("gpt-image", "gpt-image-2", "trained-model", "OpenAI")
SEED = Maker("ark", "dreamina-seedance-2-0-fast", "trained-model", "ByteDance")
WRITER = Aid("words", Maker("openai", "gpt-5", "trained-model", "OpenAI"))
VOICE = Aid("voices", Maker("openai", "tts-2", "trained-model", "OpenAI"))
HOME = Certificate("stillreel local key (self-signed)", home_made=True)


def shot(number: int, still: Maker, motion: Maker) -> Shot:
    """Return one clip of ten seconds at 24 frames a second."""
    return Shot(
        clip=f"C{number:02}",
        start=240 * (number - 1),
        end=240 * number,
        motion=motion,
        still=still,
        made_at="2026-11-20T10:00:00Z",
        take=f"take-{number}",
        prompt_sha256="ab" * 32,
        references=("mara", "garden"),
    )


def drawn() -> Told:
    """Return a film that the embedded pencil drew, two clips long."""
    return Told(
        title="The Selfish Giant",
        made_at="2026-11-21T09:00:00Z",
        program="stillreel 1.0.0",
        ledger_head="cd" * 32,
        film_sha256="ef" * 32,
        frames=480,
        fps=24,
        source_type="algorithmicMedia",
        certificate=HOME,
        shots=(shot(1, PEN, MOVE), shot(2, PEN, MOVE)),
        decisions=(
            Decision("approved", "grid", "2026-11-20T11:00:00Z", "the light is right"),
            Decision("chose", "C01", "2026-11-20T12:00:00Z"),
            Decision("edited", "cast/mara.toml", "2026-11-20T13:00:00Z"),
        ),
        xmp=True,
        sidecar=True,
    )


def mixed() -> Told:
    """Return a film of one drawn clip, one drawn and then moved by a model, one of models alone."""
    third = replace(
        shot(3, GPT, SEED),
        credential=Verdict("Trusted", "OpenAI", "2026-08-21", "2026-11-20T10:01:00Z"),
        marks=Marks("declared", "SynthID on all images since 2026-05-19"),
    )
    return replace(
        drawn(),
        frames=720,
        source_type="compositeWithTrainedAlgorithmicMedia",
        shots=(shot(1, PEN, MOVE), shot(2, PEN, SEED), third),
        pixel_mark="a1b2c3",
        label=Label("AI-made", 0, 72, Fraction(1, 16)),
        aigc=True,
    )
