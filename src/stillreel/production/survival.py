"""What the survival bench is handed: files to try, and ways in which a still is moved."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stillreel.errors import NotConfigured, ProviderError, UsageError
from stillreel.production.open import ledger_of
from stillreel.providers import registry
from stillreel.providers.ask import MotionAsk, Reference, StillAsk
from stillreel.providers.checking import Checks
from stillreel.providers.picture import fitted
from stillreel.trail.survival import clips, stills
from stillreel.trail.survival.nouns import Change, Sample
from stillreel.values import digest
from stillreel.values.scene import BoardScene, Hair, Identity, PanelScene, Performer, Setting, Worn

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from stillreel.production.folder import Folder
    from stillreel.providers.seam import Job, Motion, Still
    from stillreel.trail.survival.nouns import Ask
    from stillreel.values.scene import Move

_FPS, _SECONDS = 24, 4
_SHORT = 720
"""Lines of a clip that is made of a still."""
_SIZE = (1920, 1080)
"""Pixels of what is drawn where nobody gives a file."""
_CRF = 28
_PAUSE_S, _POLLS = 0.05, 2000
_CARD = "the stand-in sends a test card and not this still"
_OURS = (
    "the stand-in is ours and makes a new file; what a vendor puts into its own is not known here"
)
_CAMERAS: tuple[tuple[Move, str], ...] = (("static", "held"), ("push", "pushing in"))
_STAGES = ("sheet", "grid", "clip")


def motions(surroundings: Mapping[str, str]) -> tuple[Change, ...]:
    """Return the ways in which a still is moved here: by the embedded backends and a stand-in.

    Args:
        surroundings: the environment in which providers reach their stand-ins; whoever makes the
            changes must be in it. Only providers are asked whose address it changes.
    """
    found = [
        Change(f"moved by the {name}, camera {told}", _Moved(name, move).make, ".mp4", moves=True)
        for name in registry.embedded("motion")
        for move, told in _CAMERAS
    ]
    found += [
        Change(f"{one.name}, then CRF {_CRF}", _then_encoded(one.make), ".mp4", moves=True)
        for one in found[-1:]
    ]
    name = _platform(surroundings)
    if name:
        way = _Moved(name, "static")
        found += [
            Change(f"as it is sent to {name}", way.fit),
            Change(
                f"moved by {name} (stand-in)",
                way.make,
                ".mp4",
                moves=True,
                redrawn=_CARD,
                caution=_OURS,
            ),
        ]
    return tuple(found)


def drawn(folder: Path) -> tuple[Sample, ...]:
    """Draw a small set: a still by each embedded front-end, and a clip by each embedded backend.

    Args:
        folder: where the files are written.
    """
    board, found = _board(), list[Sample]()
    width, height = _SIZE
    drawers = registry.embedded("still")
    for number, name in enumerate(drawers, 1):
        ask = StillAsk("S", "panel", "", width, height, number, 1, board=board, panel=number)
        found.append(_kept(registry.still(name), ask, folder / f"{name}.png"))
    for name in registry.embedded("motion"):
        ask = _motion_ask(board, _SIZE, (), drawn_by=drawers[0])
        found.append(_kept(registry.motion(name), ask, folder / f"{name}.mp4"))
    return tuple(found)


def of_film(folder: Folder) -> tuple[Sample, ...]:
    """Return the first sheet, board and clip that are in a film, and the film itself.

    Raises:
        UsageError: nothing has been made yet.
    """
    found: list[Sample] = []
    if folder.ledger.is_file():
        with ledger_of(folder) as (ledger, store):
            for stage in _STAGES:
                current = next(iter(ledger.current(stage)), None)
                take = ledger.take(current.take_id) if current else None
                if take is not None:
                    path = store.path(take.main.digest, take.main.media_type)
                    found.append(Sample(f"{stage} {take.subject}", path))
    if folder.film.is_file():
        found.append(Sample(folder.film.name, folder.film))
    if not found:
        raise UsageError(
            "Nothing has been made in this film yet.",
            where=str(folder.root),
            next_step=f"stillreel run {folder.root}",
        )
    return tuple(found)


def checker() -> Checks:
    """Return the first provider with a key whose vendor can be asked for its own marks.

    Raises:
        NotConfigured: there is none.
    """
    for one in registry.listed():
        if one.makes == "still" and one.status.state == "ready":
            maker: object = registry.still(one.id)
            if isinstance(maker, Checks):
                return maker
    raise NotConfigured(
        "No provider here has both a key and a check for its vendor's own marks.",
        next_step="stillreel keys shows what was looked for; or leave --ask-vendor out.",
    )


def asking(who: Checks) -> Ask:
    """Return what asks a vendor about one picture, and whether it found its mark in the pixels."""
    return lambda picture: asyncio.run(who.check(picture, "survival")).pixels


@dataclass(frozen=True, slots=True)
class _Moved:
    """A still moved by one platform, over the same seam as a film's boards."""

    platform: str
    move: Move

    def make(self, source: Path, target: Path) -> None:
        """Write the clip.

        Raises:
            ProviderError: the platform does not make it.
            MediaError: the still cannot be read.
        """
        height, width = stills.pixels(source).shape[:2]
        scale = min(1.0, _SHORT / min(width, height))
        size = tuple(round(side * scale / 2) * 2 for side in (width, height))
        panel = PanelScene(
            id="S.P1", move=self.move, frames=_FPS * _SECONDS, setting=Setting(id="set", name="Set")
        )
        still = Reference("panel", panel.id, digest.of_file(source), source)
        board = BoardScene(id="S", panels=(panel,))
        ask = _motion_ask(board, (size[0], size[1]), (still,), drawn_by="")
        target.write_bytes(asyncio.run(_file(registry.motion(self.platform), ask)))

    def fit(self, source: Path, target: Path) -> None:
        """Write the bytes of a still as the platform would be sent them.

        Raises:
            ProviderError: the platform does not take it.
        """
        limits = registry.offer(self.platform).pictures
        target.write_bytes(fitted(source.read_bytes(), limits, self.platform))


def _then_encoded(make: Callable[[Path, Path], None]) -> Callable[[Path, Path], None]:
    def both(source: Path, target: Path) -> None:
        first = target.with_stem(f"{target.stem}-moved")
        make(source, first)
        clips.encode(first, target, _CRF, None)

    return both


def _platform(surroundings: Mapping[str, str]) -> str:
    """Return the first platform that has a stand-in and takes one still as a first frame."""
    for name in registry.names():
        address = f"STILLREEL_{name.upper().replace('-', '_')}_BASE_URL"
        if address not in surroundings:
            continue
        offer = registry.offer(name)
        if offer.makes == "motion" and "frames" in offer.reads:
            return name
    return ""


def _motion_ask(
    board: BoardScene, size: tuple[int, int], panels: tuple[Reference, ...], drawn_by: str
) -> MotionAsk:
    return MotionAsk(
        subject=board.id,
        prompt="The camera watches.",
        width=size[0],
        height=size[1],
        fps=_FPS,
        read="frames",
        seed=1,
        take=1,
        board=board,
        panels=panels,
        drawn_by=drawn_by,
        quality="publish",
    )


def _board() -> BoardScene:
    """Return three shots: one wide, one of a person, one close."""
    mara = Identity(
        id="mara",
        name="Mara",
        hair=Hair(style="bob", colour="#7a3b1e"),
        outfit=(Worn(garment="coat", colour="#3a5a7a"), Worn(garment="boots", colour="#4a3a2a")),
    )
    here = Setting(id="garden", name="Garden", kind="garden", features=("wall", "tree"))
    shots: tuple[tuple[str, Move, str], ...] = (
        ("wide", "pan-right", "walk"),
        ("medium", "push", "talk"),
        ("close-up", "handheld", "look"),
    )
    panels = [
        PanelScene.model_validate(
            {
                "id": f"S.P{number}",
                "size": size,
                "move": move,
                "frames": _FPS * 2,
                "setting": here,
                "performers": (Performer.model_validate({"id": mara.id, "does": does}),),
            }
        )
        for number, (size, move, does) in enumerate(shots, 1)
    ]
    return BoardScene(id="S", panels=tuple(panels), cast=(mara,))


def _kept(maker: Still | Motion, ask: StillAsk | MotionAsk, path: Path) -> Sample:
    path.write_bytes(asyncio.run(_file(maker, ask)))
    return Sample(path.name, path)


async def _file(maker: Still | Motion, ask: StillAsk | MotionAsk) -> bytes:
    """Ask once and return the one file that comes of it."""
    key = digest.of_value(["survival", maker.id, ask])
    job: Job = await maker.submit(ask, key)  # pyright: ignore[reportArgumentType] - each its own
    for _ in range(_POLLS):
        if job.state not in {"queued", "running"}:
            break
        await asyncio.sleep(_PAUSE_S)
        job = await maker.poll(job)
    if job.state != "succeeded":
        raise ProviderError(f"The clip was not made: {job.message or job.state}.", where=maker.id)
    return (await maker.fetch(job))[0].data
