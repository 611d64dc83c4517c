"""Providers by id, found through entry points: bundled and foreign ones use the same door."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, cast

from stillreel.errors import NotConfigured, UsageError
from stillreel.providers.seam import Status

if TYPE_CHECKING:
    from stillreel.providers.seam import Judge, Motion, Provider, Still

GROUP = "stillreel.providers"


@dataclass(frozen=True, slots=True)
class Listed:
    """One provider as the registry sees it, loaded or not."""

    id: str
    makes: str
    model: str
    status: Status
    home: str
    """Distribution or module the provider comes from."""


@cache
def _points() -> dict[str, EntryPoint]:
    found: dict[str, EntryPoint] = {}
    for point in entry_points(group=GROUP):
        if point.name in found and found[point.name].value != point.value:
            raise UsageError(
                f"Two packages both bring a provider called {point.name!r}.",
                where=f"{found[point.name].value} and {point.value}",
                next_step="Uninstall one of the two packages.",
            )
        found[point.name] = point
    return found


def names() -> tuple[str, ...]:
    """Return the ids of all installed providers, sorted, without loading any."""
    return tuple(sorted(_points()))


@cache
def _load(name: str) -> Provider:
    point = _points().get(name)
    if point is None:
        raise NotConfigured(
            f"There is no provider called {name!r}.",
            next_step=f"Installed: {', '.join(names())}. Mend the name in film.toml.",
        )
    try:
        made = point.load()()
    except ImportError as error:
        raise NotConfigured(
            f"The provider {name!r} cannot be loaded: {error}.",
            where=point.value,
            next_step="Install the extra it needs, or take it out of film.toml.",
        ) from error
    return cast("Provider", made)


@cache
def embedded(makes: str) -> tuple[str, ...]:
    """Return the ids of the embedded default that make `still`, `motion` or `judge`, in order."""
    ours = [name for name in names() if _points()[name].value.startswith("stillreel.")]
    offers = [_load(name).offer for name in ours]
    found = [offer for offer in offers if offer.embedded and offer.makes == makes]
    return tuple(offer.provider for offer in sorted(found, key=lambda offer: offer.embedded))


def forget() -> None:
    """Forget what was found, so that packages installed since are seen."""
    _points.cache_clear()
    _load.cache_clear()
    embedded.cache_clear()


def preload(name: str) -> None:
    """Load a provider's module ahead of its first use; one that cannot load is left for later."""
    if name in _points():
        _load(name)


def still(name: str) -> Still:
    """Return the front-end `name`.

    Raises:
        NotConfigured: it is not installed, not ready, or draws no stills.
    """
    return cast("Still", _ready(name, "still", "front-end"))


def motion(name: str) -> Motion:
    """Return the platform `name`.

    Raises:
        NotConfigured: it is not installed, not ready, or moves no clips.
    """
    return cast("Motion", _ready(name, "motion", "platform"))


def judge(name: str) -> Judge:
    """Return the judge `name`.

    Raises:
        NotConfigured: it is not installed, not ready, or judges nothing.
    """
    return cast("Judge", _ready(name, "judge", "judge"))


def _ready(name: str, makes: str, noun: str) -> Provider:
    provider = _load(name)
    if provider.offer.makes != makes:
        raise NotConfigured(
            f"{name!r} is no {noun}: it makes {provider.offer.makes}.",
            next_step="Mend the name in film.toml.",
        )
    status = provider.status()
    if status.state != "ready":
        raise NotConfigured(
            f"The {noun} {name!r} is {status.state}: {status.reason}.",
            next_step="Mend that, or name another in film.toml.",
        )
    return provider


def listed() -> tuple[Listed, ...]:
    """Return every provider with its status; one that fails to load is `broken`."""
    rows: list[Listed] = []
    for name, point in sorted(_points().items()):
        try:
            provider = _load(name)
        except NotConfigured as error:
            rows.append(Listed(name, "", "", Status("broken", error.what), point.value))
            continue
        offer = provider.offer
        rows.append(Listed(name, offer.makes, offer.model, provider.status(), point.value))
    return tuple(rows)
