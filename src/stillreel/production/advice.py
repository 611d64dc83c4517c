"""Which front-ends and platforms suit a film, and why: from offers and plan; a contest decides."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stillreel.production.open import open_film
from stillreel.providers import registry
from stillreel.values.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from stillreel.production.folder import Folder
    from stillreel.production.open import Opened
    from stillreel.production.settings import FilmSettings
    from stillreel.providers.offer import Offer

_DRAWN = re.compile(
    r"\b(storybook|illustrat\w+|hand-drawn|drawn|ink|sketch\w*|watercolou?r|gouache|comic|cartoon|"
    r"anime|manga|2-?d|pencil|woodcut|line art)\b",
    re.IGNORECASE,
)
_PHOTO = re.compile(
    r"\b(photo\w*|live[- ]action|realistic|cinematic|35 ?mm|film grain|documentary)\b",
    re.IGNORECASE,
)
_BULK = 12
"""Boards from which a lower price for many is worth the wait."""


@dataclass(frozen=True, slots=True)
class Advice:
    """What speaks for and against one front-end or platform in one film."""

    provider: str
    makes: str
    state: str
    """`ready`, or why not, as `stillreel providers` says it."""
    named: bool
    """Whether film.toml names it already."""
    suits: tuple[str, ...]
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Wants:
    """What a film asks of whoever draws or moves it."""

    boards: int
    references: int
    """Most pictures that the prompt of one board counts."""
    busiest: str
    """The clip whose board that is."""
    style: str
    lettered: tuple[str, ...]
    """Things with words on them."""
    real: tuple[str, ...]
    """Places and things that exist."""
    longest: float
    """Seconds of the longest clip."""
    read: str
    disclosed: bool


def advise(folder: Folder) -> tuple[Advice, ...]:
    """Return every front-end and platform, best suited first within each kind.

    Raises:
        ProjectError: the film's files have problems.
    """
    opened = open_film(folder.root)
    wants, make = _wants(opened), opened.settings.make
    named = {*make.sheets, *make.clips, make.boards}
    found: list[Advice] = []
    for one in registry.listed():
        if one.makes not in ("still", "motion"):
            continue
        offer = registry.offer(one.id)
        tell = _still if one.makes == "still" else _motion
        said = list(tell(offer, wants))
        suits = tuple(told for good, told in said if good)
        lacks = tuple(told for good, told in said if not good)
        found.append(Advice(one.id, one.makes, one.status.state, one.id in named, suits, lacks))
    return tuple(
        sorted(found, key=lambda a: (a.makes != "still", len(a.lacks) - len(a.suits), a.provider))
    )


def unmarked(settings: FilmSettings) -> Iterator[Problem]:
    """Yield a warning for everyone whose pictures say nothing of where they come from."""
    if not settings.disclosure.required:
        return
    make = settings.make
    boards = () if make.boards == "winner" else (make.boards,)
    for key, names in (("sheets", make.sheets), ("boards", boards), ("clips", make.clips)):
        for name in names:
            offer = registry.offer(name)
            if not offer.stamps and not offer.embedded:
                yield Problem(
                    "film.toml",
                    0,
                    f"make.{key}",
                    f"disclosure is required, and what {name} makes is not known to carry "
                    "provenance of its own",
                    "Prefer one that marks its pictures: stillreel providers --film DIR",
                    "warning",
                )


def photographic(style: str) -> bool | None:
    """Say whether a style asks for pictures that pass for photographs; None where it is open."""
    if _DRAWN.search(style):
        return False
    return True if _PHOTO.search(style) else None


def refusing(settings: FilmSettings) -> tuple[str, ...]:
    """Return the platforms that turn photo-real faces away, where no other may take the clips."""
    named = settings.make.clips
    found = tuple(name for name in named if registry.offer(name).faces == "refused")
    return found if len(found) == len(named) else ()


def _wants(opened: Opened) -> _Wants:
    from stillreel.plan.prompts import grid_prompt, mentions

    plan, settings = opened.plan, opened.settings
    counted = {clip.id: len(mentions(grid_prompt(plan, clip).text)) for clip in plan.clips}
    busiest = max(counted, key=lambda clip: counted[clip], default="")
    return _Wants(
        boards=len(plan.clips),
        references=counted.get(busiest, 0),
        busiest=busiest,
        style=settings.style,
        lettered=tuple(prop.name for prop in plan.props if prop.text),
        real=tuple(one.name for one in (*plan.places, *plan.props) if one.real),
        longest=max((float(clip.seconds) for clip in plan.clips), default=0.0),
        read=settings.make.read,
        disclosed=settings.disclosure.required,
    )


def _still(offer: Offer, wants: _Wants) -> Iterable[tuple[bool, str]]:
    if wants.references > 1:
        enough = offer.references_max >= wants.references
        takes = f"takes {offer.references_max} references"
        yield enough, f"{takes}; the board of {wants.busiest} counts {wants.references}"
    if (drawn := _DRAWN.search(wants.style)) and "drawn" in offer.suits:
        yield True, f"has a name for drawn looks such as {drawn.group(0)!r}"
    if wants.lettered and "lettering" in offer.suits:
        yield True, f"letters words in pictures, such as those on {wants.lettered[0]}"
    if wants.real and offer.grounds:
        yield True, f"looks up what exists, such as {wants.real[0]}"
    if wants.boards >= _BULK and "bulk" in offer.suits:
        yield True, f"draws many at a lower price; this film has {wants.boards} boards"
    yield from _marks(offer, wants)


def _motion(offer: Offer, wants: _Wants) -> Iterable[tuple[bool, str]]:
    reads = wants.read in offer.reads
    ways = " or ".join(offer.reads) or "no stills"
    yield reads, f"reads {ways}; the film says {wants.read!r}"
    if wants.longest > offer.seconds[1]:
        yield False, f"makes {offer.seconds[1]} s at most; the longest clip has {wants.longest:g} s"
    yield from losable(offer)
    if offer.faces == "refused" and photographic(wants.style) is True:
        yield False, "refuses faces that may pass for photographs, and the style asks for such"
    yield from _marks(offer, wants)


def losable(offer: Offer) -> Iterable[tuple[bool, str]]:
    """Yield whether a job whose answer was lost can be asked for; nothing where none is sent."""
    if offer.local or offer.by_hand:
        return
    asked = "can be asked for a job whose answer was lost"
    if offer.lookup in ("tag", "list"):
        yield True, asked
    elif offer.lookup == "history":
        yield True, f"{asked}, once that job is over"
    else:
        yield False, f"{asked.replace('can', 'cannot', 1)}: a person decides then"


def _marks(offer: Offer, wants: _Wants) -> Iterable[tuple[bool, str]]:
    names = " and ".join({"c2pa": "C2PA", "synthid": "SynthID"}[one] for one in offer.stamps)
    if offer.stamps:
        yield True, f"marks what it makes itself, by {names}"
    elif wants.disclosed and not offer.embedded:
        yield False, "is not known to mark what it makes, and disclosure is required"
