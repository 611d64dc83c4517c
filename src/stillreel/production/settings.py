"""`film.toml`: what the film is and who makes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, model_validator

from stillreel.plan.lines import problems_of
from stillreel.values.money import Money
from stillreel.values.problem import Problem
from stillreel.values.scene import Noun
from stillreel.values.take import Quality

if TYPE_CHECKING:
    from pathlib import Path

    from stillreel.engine.money import Ceilings

FILE = "film.toml"
FORMAT = 1

Ratio = Literal["16:9", "9:16", "1:1", "4:3", "21:9"]
Gate = Literal["sheet", "grid", "clip"]


class Make(Noun):
    """Who makes what."""

    writer: str = "offline"
    """Who writes the plan: `offline`; `agent`, when somebody writes the files by hand; or a
    language model, e.g. `llm:anthropic:claude-sonnet-5-5` or `llm:compatible:MODEL` (needs the
    `writer` extra; may cost money)."""
    sheets: tuple[str, ...] = ()
    """Front-ends that compete in the bake-off; empty takes the embedded ones."""
    boards: str = "winner"
    """`winner` of the bake-off, or the front-end that draws all boards."""
    clips: tuple[str, ...] = ()
    """Platforms the router may use; empty takes the embedded one."""
    prefer: Literal["fast", "cheap"] = "fast"
    """What the router looks for among the platforms: the soonest finish, or the lowest price."""
    hedge: bool = False
    """Whether a clip that is late where it was sent, and that the end of the film waits for, is
    ordered elsewhere too: whichever comes first is used, and both may have to be paid."""
    read: Literal["grid", "panels", "frames"] = "grid"
    """How the platform reads the stills."""


_DISCLOSED = 0.2
"""Least that provenance counts in the contest where disclosure is required."""
Weight = Annotated[float, Field(ge=0, le=100)]


class Counts(Noun):
    """What counts in the contest; only the proportions matter."""

    identity: Weight = 0.5
    """How far the people look like their sheets."""
    attributes: Weight = 0.3
    """How far hair, skin and clothes have the planned colours."""
    plan: Weight = 0.2
    """How many panels show as many people as the plan has in them."""
    price: Weight = 0.0
    """How little a picture costs."""
    provenance: Weight = 0.0
    """Whether a picture says itself where it comes from (C2PA); 0.2 at least where `[disclosure]
    required` is set."""

    @model_validator(mode="after")
    def _something_counts(self) -> Counts:
        if not any((self.identity, self.attributes, self.plan, self.price, self.provenance)):
            raise ValueError("nothing counts: give one of them more than 0")
        return self


class BakeoffRules(Noun):
    """How the contest between front-ends is held."""

    samples: Annotated[int, Field(ge=1, le=12)] = 3
    """Most pictures of each front-end for the same ask; one without chance draws one."""
    through: Literal["sheet", "grid", "shot"] = "grid"
    """How far along the pipeline the rivals are compared: on sheets, boards, or moved clips."""
    counts: Counts = Counts()
    """What counts, and how much."""


Usd = Annotated[str, Field(pattern=r"^\d{1,7}(\.\d{1,6})?$")]
PaidStage = Literal["plan", "sheet", "grid", "clip"]


class MoneyRules(Noun):
    """What the film may cost."""

    ceiling_usd: Usd = "0.00"
    """Most that all takes together may cost, in US dollars; nothing above it is submitted."""
    stage_usd: dict[PaidStage, Usd] = Field(default_factory=dict[PaidStage, Usd])
    """Most that a stage may cost, e.g. `{ sheet = "2.00", clip = "40.00" }`."""
    each_usd: dict[PaidStage, Usd] = Field(default_factory=dict[PaidStage, Usd])
    """Most for each sheet, board or clip, all its takes together, e.g. `{ clip = "3.00" }`."""


class Gates(Noun):
    """Where the film waits for a person."""

    approve: tuple[Gate, ...] = ()
    """Stages after which a run stops until `stillreel approve`."""
    measure: Literal["auto", "all", "none"] = "auto"
    """Whose sheets and boards must pass the checks before a clip is moved: `auto` those that the
    embedded pencil did not draw, `all`, or `none`."""
    tier: Literal["embedded", "model"] = "embedded"
    """Who measures for gates and bake-off: `embedded`, or `model` with the learned weights in
    ~/.stillreel/models (needs the `model` extra; fetch them with `stillreel measure identity --tier
    model`)."""


class Disclosure(Noun):
    """What must be said about how the film was made."""

    required: bool = False
    """Whether the film must say how it was made: front-ends and platforms whose pictures carry
    provenance of their own are preferred, and the rest warned about."""
    sign: bool = True
    """Whether what leaves (sheets, boards, clips, the film) is signed with Content Credentials that
    say what it was made from."""
    prompts: bool = False
    """Whether the words of prompts stand in the credentials; else only their SHA-256."""
    mark: bool = False
    """Whether the film carries our own mark in its pixels, which survives re-encoding: a pointer to
    its ledger, not proof. It costs one more encode."""
    label: Annotated[str, Field(max_length=60)] = ""
    """Words shown on the title card, e.g. `AI-generated`; the card is made for them if need be."""
    realistic: bool = False
    """Whether viewers could take what is shown for real: platforms then want to be told."""
    aigc_producer: Annotated[str, Field(max_length=80)] = ""
    """Name or code of the producer for the label of GB 45438; empty writes no such label."""


class Cut(Noun):
    """The film file itself."""

    height: Annotated[int, Field(ge=144, le=2160)] = 1080
    """Lines of the finished film; the width follows from the ratio."""
    quality: Quality = "draft"
    """`draft` encodes fast, `publish` encodes small and clean."""
    subtitles: Literal["sidecar", "burned", "none"] = "sidecar"
    """Spoken lines as SRT and VTT beside the film, burned into the picture, or not at all."""
    titles: bool = True
    """Whether the film opens with a title card and ends with credits."""
    voice: bool = False
    """Whether scratch dialogue is spoken (needs the `voice` extra)."""


class FilmSettings(Noun):
    """Everything in `film.toml`."""

    format: Annotated[int, Field(ge=1, le=FORMAT)] = FORMAT
    """Version of this file's layout."""
    title: str = ""
    """Title of the film; empty takes the story's own."""
    author: str = ""
    """Who wrote the story, for the credits; empty takes the story's own."""
    ratio: Ratio = "16:9"
    """Width to height of the picture."""
    fps: Literal[24, 25, 30] = 24
    """Frames per second."""
    style: str = "storybook, warm light"
    """The look in a few words; it goes into every prompt."""
    make: Make = Make()
    bakeoff: BakeoffRules = BakeoffRules()
    money: MoneyRules = MoneyRules()
    gates: Gates = Gates()
    disclosure: Disclosure = Disclosure()
    film: Cut = Cut()

    @property
    def counts(self) -> Counts:
        """What counts in the contest, the disclosure that is required taken into account."""
        told = self.bakeoff.counts
        if not self.disclosure.required:
            return told
        return told.model_copy(update={"provenance": max(told.provenance, _DISCLOSED)})

    @property
    def ceiling(self) -> Money:
        """The money ceiling as money."""
        return Money.parse(self.money.ceiling_usd)

    @property
    def ceilings(self) -> Ceilings:
        """All that limits what the film may cost."""
        from stillreel.engine.money import Ceilings

        rules = self.money
        stages = {stage: Money.parse(most) for stage, most in rules.stage_usd.items()}
        each = {stage: Money.parse(most) for stage, most in rules.each_usd.items()}
        return Ceilings(self.ceiling, stages, each)


def load(folder: Path) -> tuple[FilmSettings | None, tuple[Problem, ...]]:
    """Read `film.toml`, or return every problem in it."""
    path = folder / FILE
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        hint = "Make a project first: stillreel new STORY DIR"
        return None, (Problem(FILE, 0, "", "there is no film.toml in this folder", hint),)
    except (OSError, UnicodeDecodeError) as error:
        hint = "Save it as UTF-8 text that you may read"
        return None, (Problem(FILE, 0, "", f"it cannot be read: {error}", hint),)
    found, problems = problems_of(text, FilmSettings, FILE)
    return (_with_embedded(found) if found else None), problems


def _with_embedded(settings: FilmSettings) -> FilmSettings:
    from stillreel.providers import registry

    make = settings.make
    filled = make.model_copy(
        update={
            "sheets": make.sheets or registry.embedded("still"),
            "clips": make.clips or registry.embedded("motion"),
        }
    )
    return settings.model_copy(update={"make": filled})
