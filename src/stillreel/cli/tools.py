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
    from datetime import date

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
        for line in ages(datetime.now(UTC).date()):
            show.story(line)
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


def ages(today: date) -> tuple[str, ...]:
    """Return a line for each offer whose figures are old on a day, or one that says none is."""
    from stillreel.providers import registry

    named = [one.id for one in registry.listed() if one.makes]
    days = {name: (today - registry.offer(name).dated).days for name in named}
    old = tuple(
        f"{name}: its prices and limits were read {age} days ago; look again"
        for name, age in days.items()
        if age > _STALE_DAYS
    )
    return old or (f"All prices and limits were read in the last {_STALE_DAYS} days.",)


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
    """Show what this machine has, who signs, and load everything the embedded default needs.

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
    signing, able = _signing()
    whole = able and not broken
    if as_json:
        show.document({**facts, "parts": parts, "signing": signing, "ok": whole})
    else:
        told = facts | parts | {f"signing {name}": said for name, said in signing.items()}
        show.lines(f"{name:<15} {found}" for name, found in told.items())
    return 0 if whole else _NOT_CONFIGURED


def _signing() -> tuple[dict[str, str], bool]:
    """Return whose certificate signs what leaves, and whether it can; no key is made."""
    from stillreel.cli.env import signs
    from stillreel.errors import StillreelError
    from stillreel.production.signing import known_identity

    try:
        keys = signs()
        known = known_identity(keys)
    except StillreelError as error:
        return {"key": f"{error.where}: {error.what} {error.next_step}"}, False
    where = str(keys.chain or keys.folder)
    if known is None:
        return {"key": f"none yet: the first film makes one, self-signed, in {where}"}, True
    said = {"key": known.name, "until": f"{known.not_after:%Y-%m-%d}", "file": where}
    return said | ({"time": keys.time_stamps} if keys.time_stamps else {}), True
