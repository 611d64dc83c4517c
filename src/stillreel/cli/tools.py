"""providers, doctor: what is here and whether it works."""

from __future__ import annotations

import os
import platform
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from stillreel.cli import show

if TYPE_CHECKING:
    from collections.abc import Iterable

    from stillreel.production.advice import Advice

Json = Annotated[bool, Parameter(name="--json", negative="")]

_PARTS = (
    "av",
    "cv2",
    "numpy",
    "thorvg_python",
    "spacy",
    "opentimelineio",
    "sqlalchemy",
    "dbos",
    "httpx2",
    "psycopg",
)
_NOT_CONFIGURED = 6
_STALE_DAYS = 60


def keys(*, as_json: Json = False) -> int:
    """Show where each provider's key was found and its last four characters, never more.

    Args:
        as_json: answer as JSON.
    """
    from stillreel.providers import registry

    rows: list[tuple[str, str, str]] = []
    shown: set[tuple[str, str]] = set()
    for one in registry.listed():
        wanted, key = registry.key(one.id) if one.makes else ("", None)
        # Most models of a provider share its key, which is shown once.
        if wanted and (one.id.partition(registry.SEPARATOR)[0], wanted) not in shown:
            shown.add((one.id.partition(registry.SEPARATOR)[0], wanted))
            rows.append((one.id, str(key) if key else "none", wanted))
    if as_json:
        told = [{"id": name, "key": key, "looked_for": names} for name, key, names in rows]
        show.document({"keys": told})
    else:
        show.lines(show.table(("id", "key", "looked for"), rows))
    return 0


def providers(
    *,
    film: Path | None = None,
    check_age: Annotated[bool, Parameter(negative="")] = False,
    as_json: Json = False,
) -> int:
    """Show every front-end and platform, and whether it is ready.

    Args:
        film: say instead what speaks for and against each in this project.
        check_age: warn of offers whose figures were read more than 60 days ago.
        as_json: answer as JSON.
    """
    from stillreel.providers import registry

    if film is not None:
        return _advice(film, as_json=as_json)
    found = registry.listed()
    if check_age:
        for one in found:
            today = datetime.now(UTC).date()
            age = (today - registry.offer(one.id).dated).days if one.makes else 0
            if age > _STALE_DAYS:
                show.story(f"{one.id}: its prices and limits were read {age} days ago; look again")
    if as_json:
        show.document(
            {
                "providers": [
                    {
                        "id": one.id,
                        "makes": one.makes,
                        "model": one.model,
                        "state": one.status.state,
                        "reason": one.status.reason,
                        "home": one.home,
                    }
                    for one in found
                ]
            }
        )
        return 0
    rows = [(one.id, one.makes, one.status.state, one.model, one.status.reason) for one in found]
    show.lines(show.table(("id", "makes", "state", "model", "reason"), rows))
    return 0


def _advice(film: Path, *, as_json: bool) -> int:
    from stillreel.production.advice import advise
    from stillreel.production.folder import Folder

    found = advise(Folder(film))
    if as_json:
        show.document({"advice": [asdict(one) for one in found]})
        return 0
    for makes, told in (("still", "Front-ends"), ("motion", "Platforms")):
        show.lines([f"{told}, best suited first; what is shown on the stills decides:"])
        for group in _alike(one for one in found if one.makes == makes):
            names = ", ".join(f"{one.provider}{'*' if one.named else ''}" for one in group)
            show.lines([f"  {names}  ({group[0].state})"])
            show.lines([f"    + {told}" for told in group[0].suits])
            show.lines([f"    - {told}" for told in group[0].lacks])
    show.lines(["* named in film.toml"])
    return 0


def _alike(found: Iterable[Advice]) -> Iterable[list[Advice]]:
    """Put the models of one provider of which the same is said together."""
    groups: dict[tuple[object, ...], list[Advice]] = {}
    for one in found:
        family = one.provider.partition(":")[0]
        groups.setdefault((family, one.state, one.suits, one.lacks), []).append(one)
    return groups.values()


def doctor(*, as_json: Json = False) -> int:
    """Show what this machine has, and load everything the embedded default needs.

    Args:
        as_json: answer as JSON.
    """
    import importlib
    from importlib.metadata import version

    parts: dict[str, str] = {}
    for name in _PARTS:
        try:
            module = importlib.import_module(name)
            parts[name] = str(getattr(module, "__version__", "present"))
        except ImportError as error:
            parts[name] = f"missing: {error}"
    broken = [name for name, found in parts.items() if found.startswith("missing")]
    facts = {
        "stillreel": version("stillreel"),
        "python": sys.version.split()[0],
        "system": platform.platform(),
        "cores": os.cpu_count() or 1,
    }
    if as_json:
        show.document({**facts, "parts": parts, "ok": not broken})
    else:
        show.lines(f"{name:<15} {found}" for name, found in (facts | parts).items())
    return _NOT_CONFIGURED if broken else 0
