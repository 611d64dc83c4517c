"""Everybody and everything of an answer as nouns of the plan, under ids that we give."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from stillreel.plan.names import fresh, slug
from stillreel.plan.nouns import Character, Place, PlanProp

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from stillreel.plan.writing.told import Beats, Person, Spot, Thing

_Kind = TypeVar("_Kind", "Person", "Spot", "Thing")


@dataclass(frozen=True, slots=True)
class Roster:
    """Who, where and with what."""

    cast: tuple[Character, ...]
    places: tuple[Place, ...]
    props: tuple[PlanProp, ...]
    ids: Mapping[str, str] = field(default_factory=dict[str, str])
    """Id by `key` of the name."""

    @staticmethod
    def key(name: str) -> str:
        """Return a name as it is looked up: without article, case and marks."""
        return slug(name, name.strip().casefold())


def roster_of(beats: Beats) -> Roster:
    """Return who and what an answer names; the first of a name keeps it."""
    taken: set[str] = set()
    ids: dict[str, str] = {}
    cast = _each(beats.cast, "someone", taken, ids)
    places = _each(beats.places, "place", taken, ids)
    props = _each(beats.props, "thing", taken, ids)
    return Roster(
        tuple(Character(id=name, **one.model_dump()) for name, one in cast),
        tuple(Place(id=name, **one.model_dump()) for name, one in places),
        tuple(PlanProp(id=name, **one.model_dump()) for name, one in props),
        ids,
    )


def _each(
    told: Sequence[_Kind], fallback: str, taken: set[str], ids: dict[str, str]
) -> list[tuple[str, _Kind]]:
    made: list[tuple[str, _Kind]] = []
    for one in told:
        name = fresh(slug(one.name, fallback), taken)
        ids.setdefault(Roster.key(one.name), name)
        made.append((name, one))
    return made
