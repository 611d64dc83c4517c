"""The project folder: where everything lies, and how a new one begins."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stillreel.errors import ProjectError, UsageError
from stillreel.ledger.store import storage_error, write_atomic

if TYPE_CHECKING:
    from pathlib import Path

HIDDEN = ".stillreel"
STORY_NAMES = ("story.md", "story.txt", "script.fountain", "script.fdx")
_STORY_ENDINGS = {
    ".md": "story.md",
    ".markdown": "story.md",
    ".txt": "story.txt",
    ".fountain": "script.fountain",
    ".spmd": "script.fountain",
    ".fdx": "script.fdx",
}
_INPUTS = ("cast", "places", "props", "board", "prompts")


@dataclass(frozen=True, slots=True)
class Folder:
    """The paths of one film."""

    root: Path

    @property
    def hidden(self) -> Path:
        """Ledger and files by digest; safe to keep out of version control."""
        return self.root / HIDDEN

    @property
    def ledger(self) -> Path:
        """The SQLite file."""
        return self.hidden / "ledger.db"

    @property
    def files(self) -> Path:
        """Files by digest."""
        return self.hidden / "files"

    @property
    def out(self) -> Path:
        """Everything a person takes away."""
        return self.root / "out"

    @property
    def film(self) -> Path:
        """The finished film."""
        return self.out / "film.mp4"

    def story(self) -> Path:
        """Return the story file.

        Raises:
            ProjectError: there is none, or there are several.
        """
        found = [self.root / name for name in STORY_NAMES if (self.root / name).is_file()]
        if len(found) == 1:
            return found[0]
        if found:
            raise ProjectError(
                f"There are several stories here: {', '.join(path.name for path in found)}.",
                where=str(self.root),
                next_step="Keep the one the film tells and move the others away.",
            )
        raise ProjectError(
            "There is no story in this folder.",
            where=str(self.root),
            next_step=f"Put one there as {' or '.join(STORY_NAMES)}.",
        )

    def inputs(self) -> list[Path]:
        """Return every file a person may edit that the film depends on, sorted."""
        found = [self.root / "film.toml", *(self.root / name for name in STORY_NAMES)]
        for name in _INPUTS:
            found.extend((self.root / name).rglob("*"))
        return sorted(path for path in found if path.is_file())


def begin(story: Path, root: Path, film_toml: str) -> Folder:
    """Make a project folder with a copy of the story and a film.toml.

    Files that are there already are left alone.

    Raises:
        UsageError: the story has an ending that no reader knows.
        ProjectError: the folder holds another story.
        StorageError: the folder cannot be written.
    """
    name = _STORY_ENDINGS.get(story.suffix.lower())
    if name is None:
        raise UsageError(
            f"A story ends in {', '.join(sorted(_STORY_ENDINGS))}; {story.name} does not.",
            where=str(story),
            next_step="Save it as text, Fountain or Final Draft FDX.",
        )
    try:
        data = story.read_bytes()
        root.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise storage_error(error, root) from error
    folder = Folder(root)
    for other in STORY_NAMES:
        there = root / other
        if there.is_file() and there.read_bytes() != data:
            raise ProjectError(
                "This folder already holds the film of another story, or of an edited copy.",
                where=str(there),
                next_step=f"Continue it with `stillreel run {root}`, or choose another --out.",
            )
    if not (root / name).exists():
        write_atomic(root / name, data)
    if not (root / "film.toml").exists():
        write_atomic(root / "film.toml", film_toml.encode())
    return folder


FILM_TOML = """\
# The film, and who makes it. Every key: docs/reference/film-toml.md
format = 1
title = {title}
author = {author}
ratio = "{ratio}"            # 16:9 9:16 1:1 4:3 21:9
fps = {fps}
style = {style}

[make]
writer = "offline"        # offline | agent | llm:HOUSE:MODEL (docs/writers.md)
sheets = {sheets} # front-ends that compete in the bake-off
boards = "winner"         # winner, or a front-end
clips = {clips}      # platforms the router may use
prefer = "fast"           # fast | cheap: what the router looks for among them
hedge = false             # true: a late clip is ordered elsewhere too, and may be paid twice
read = "grid"             # grid | panels | frames

[bakeoff]
samples = 3
through = "grid"          # sheet | grid | shot
counts = {{ identity = 0.5, attributes = 0.3, plan = 0.2, price = 0.0, provenance = 0.0 }}

[money]
ceiling_usd = "0.00"
stage_usd = {{}}            # e.g. {{ sheet = "2.00", clip = "40.00" }}
each_usd = {{}}             # e.g. {{ clip = "3.00" }}: most for one clip, all its takes together

[gates]
approve = []              # e.g. ["sheet", "grid"]: stop there for a person
measure = "auto"          # auto | all | none: whose stills must pass the checks
tier = "embedded"         # embedded | model: who measures, for the bake-off too

[disclosure]
required = false
sign = true               # sheets, boards, clips and film say what they were made from (C2PA)
prompts = false           # true: with the words of the prompts, not only their digests
mark = false              # true: a mark in the film's pixels that survives re-encoding
label = ""                # words on the title card, e.g. "AI-generated"
realistic = false         # true: what is shown could be taken for real
aigc_producer = ""        # your name or code: writes the label of GB 45438 (China)

[film]
height = {height}             # lines; the width follows from the ratio
quality = "{quality}"         # draft | publish
subtitles = "{subtitles}"     # sidecar | burned | none
titles = true
voice = false             # scratch dialogue, needs the voice extra
"""


def film_toml(
    *,
    title: str = "",
    author: str = "",
    ratio: str = "16:9",
    fps: int = 24,
    style: str = "storybook, warm light",
    height: int = 1080,
    quality: str = "draft",
    subtitles: str = "sidecar",
) -> str:
    """Return the text of a new film.toml, comments and all."""
    from stillreel.providers import registry

    return FILM_TOML.format(
        title=json.dumps(title, ensure_ascii=False),
        author=json.dumps(author, ensure_ascii=False),
        style=json.dumps(style, ensure_ascii=False),
        sheets=json.dumps(registry.embedded("still")),
        clips=json.dumps(registry.embedded("motion")),
        ratio=ratio,
        fps=fps,
        height=height,
        quality=quality,
        subtitles=subtitles,
    )
