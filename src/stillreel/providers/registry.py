"""Providers by name, found through entry points: bundled and foreign ones use the same door.

A name is a provider's id, or the id, a colon and the label of one of its models.
"""

from __future__ import annotations

import inspect
import os
import tomllib
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast, runtime_checkable

from stillreel.errors import NotConfigured, UsageError
from stillreel.providers import keys
from stillreel.providers.seam import Status

if TYPE_CHECKING:
    from collections.abc import Callable

    from stillreel.providers.keys import Key
    from stillreel.providers.offer import Offer
    from stillreel.providers.seam import Judge, Motion, Provider, Still, Writer

GROUP = "stillreel.providers"
SEPARATOR = ":"
"""Stands between a provider's id and the label of one of its models."""
_own: list[Path] = []
"""Folder of a user's own offers files, where one was told."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One provider as the registry sees it, loaded or not."""

    id: str
    makes: str
    model: str
    status: Status
    home: str
    """Distribution or module the provider comes from."""


@runtime_checkable
class Keyed(Protocol):
    """A provider that knows by itself where its key lies."""

    @property
    def sought(self) -> str:
        """Where a key is looked for, as a person reads it."""
        ...

    def key(self) -> Key | None:
        """Return the key, or None."""
        ...


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


def offers_from(folder: Path) -> None:
    """Let a user's own offers files, `<id>.toml` in a folder, win over the bundled ones."""
    _own[:] = [folder]
    forget()


def own_offers() -> Path | None:
    """Return the folder of a user's own offers files, where one was told."""
    return _own[0] if _own else None


def names() -> tuple[str, ...]:
    """Return the names of all installed providers and their models, sorted, without loading any."""
    return tuple(sorted(name for id_ in _points() for name in (id_, *_models(id_))))


@cache
def _table(id_: str) -> str:
    """Return the offers file that lies beside a provider's module; empty where none does."""
    try:
        spec = find_spec(_points()[id_].module)
    except (ImportError, ValueError):
        return ""
    file = Path(spec.origin if spec and spec.origin else "").with_name(f"{id_}.offers.toml")
    return file.read_text("utf-8") if file.is_file() else ""


@cache
def _models(id_: str) -> tuple[str, ...]:
    """Return the names of a provider's models beside its first."""
    known = labels(_table(id_))
    own = _mine(id_)
    if own is not None:
        known += tuple(one for one in labels(own.read_text("utf-8")) if one not in known)
    return tuple(f"{id_}{SEPARATOR}{label}" for label in known[1:])


def labels(text: str) -> tuple[str, ...]:
    """Return the labels of the models of an offers file, in its order; none for a simple file."""
    models = tomllib.loads(text).get("model")
    if not isinstance(models, list):
        return ()
    return tuple(str(one.get("label")) for one in cast("list[dict[str, object]]", models))


def _mine(id_: str) -> Path | None:
    files = [folder / f"{id_}.toml" for folder in _own]
    return next((file for file in files if file.is_file()), None)


@cache
def _load(name: str) -> Provider:
    id_, _, label = name.partition(SEPARATOR)
    point = _points().get(id_)
    if point is None:
        raise NotConfigured(
            f"There is no provider called {id_!r}.",
            next_step=f"Installed: {', '.join(names())}. Mend the name in film.toml.",
        )
    try:
        return _made(point, label)
    except ImportError as error:
        raise NotConfigured(
            f"The provider {name!r} cannot be loaded: {error}.",
            where=point.value,
            next_step="Install the extra it needs, or take it out of film.toml.",
        ) from error


def _made(point: EntryPoint, label: str) -> Provider:
    factory: Callable[..., Provider] = point.load()
    mine = _mine(point.name)
    if not label and mine is None:
        return factory()
    try:
        inspect.signature(factory).bind(label, mine)
    except TypeError:
        raise NotConfigured(
            f"The provider {point.name!r} has one model, and takes no offers file.",
            where=str(mine or point.value),
            next_step=f"Call it {point.name!r} in film.toml, and move your file away.",
        ) from None
    return factory(label, mine)


@cache
def embedded(makes: str) -> tuple[str, ...]:
    """Return the ids of the embedded default that make `still`, `motion` or `judge`, in order."""
    ours = [name for name, point in _points().items() if point.value.startswith("stillreel.")]
    offers: list[tuple[str, dict[str, object]]] = [(n, tomllib.loads(_table(n))) for n in ours]
    found = [
        (cast("int", offer["embedded"]), name)
        for name, offer in offers
        if offer.get("embedded") and offer.get("makes") == makes
    ]
    return tuple(name for _, name in sorted(found))


def forget() -> None:
    """Forget what was found, so that packages installed since are seen."""
    for found in (_points, _table, _models, _load, embedded):
        found.cache_clear()


def preload(name: str) -> None:
    """Load a provider and its tools ahead of its first use; what cannot load is left for later."""
    if name.partition(SEPARATOR)[0] in _points():
        with suppress(ImportError, NotConfigured):
            for module in getattr(_load(name), "tools", ()):
                import_module(module)


def offer(name: str) -> Offer:
    """Return what a provider can do, whether or not it is ready.

    Raises:
        NotConfigured: it is not installed.
    """
    return _load(name).offer


def key(name: str) -> tuple[str, Key | None]:
    """Return where a provider's key is looked for, empty if it needs none, and what was found.

    Raises:
        NotConfigured: it is not installed.
    """
    provider = _load(name)
    if isinstance(provider, Keyed):
        return provider.sought, provider.key()
    names = provider.offer.key_names
    return " or ".join(names), keys.find(names, os.environ)


def still(name: str, *, ready: bool = True) -> Still:
    """Return the front-end `name`; not `ready` returns one without a key too, to be priced.

    Raises:
        NotConfigured: it is not installed, not ready, or draws no stills.
    """
    return cast("Still", _able(name, "still", "front-end", ready=ready))


def motion(name: str, *, ready: bool = True) -> Motion:
    """Return the platform `name`; not `ready` returns one without a key too, to be priced.

    Raises:
        NotConfigured: it is not installed, not ready, or moves no clips.
    """
    return cast("Motion", _able(name, "motion", "platform", ready=ready))


def judge(name: str) -> Judge:
    """Return the judge `name`.

    Raises:
        NotConfigured: it is not installed, not ready, or judges nothing.
    """
    return cast("Judge", _able(name, "judge", "judge"))


def writer(name: str, *, ready: bool = True) -> Writer:
    """Return the writer `name`; not `ready` returns one without a key too, to be priced.

    Raises:
        NotConfigured: it is not installed, not ready, or writes nothing.
    """
    return cast("Writer", _able(name, "writer", "writer", ready=ready))


def _able(name: str, makes: str, noun: str, *, ready: bool = True) -> Provider:
    provider = _load(name)
    if makes not in {provider.offer.makes, *provider.offer.also}:
        raise NotConfigured(
            f"{name!r} is no {noun}: it makes {provider.offer.makes}.",
            next_step="Mend the name in film.toml.",
        )
    status = provider.status()
    if ready and status.state != "ready":
        raise NotConfigured(
            f"The {noun} {name!r} is {status.state}: {status.reason}.",
            next_step="Mend that, or name another in film.toml.",
        )
    return provider


def listed() -> tuple[Listed, ...]:
    """Return every provider with its status; one that fails to load is `broken`."""
    rows: list[Listed] = []
    for name in names():
        point = _points()[name.partition(SEPARATOR)[0]]
        try:
            provider = _load(name)
        except NotConfigured as error:
            rows.append(Listed(name, "", "", Status("broken", error.what), point.value))
            continue
        offer = provider.offer
        status = provider.status()
        if offer.experimental:
            told = "; ".join(filter(None, ("experimental", status.reason)))
            status = replace(status, reason=told)
        rows.append(Listed(name, offer.makes, offer.model, status, point.value))
    return tuple(rows)
