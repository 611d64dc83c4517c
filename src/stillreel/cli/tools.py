"""providers, doctor: what is here and whether it works."""

from __future__ import annotations

import os
import platform
import sys
from datetime import UTC, datetime
from typing import Annotated

from cyclopts import Parameter

from stillreel.cli import show

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
    from stillreel.providers import keys as found_keys
    from stillreel.providers import registry

    rows: list[tuple[str, str, str]] = []
    for one in registry.listed():
        wanted = registry.offer(one.id).key_names if one.makes and ":" not in one.id else ()
        if not wanted:
            continue
        key = found_keys.find(wanted, os.environ)
        rows.append((one.id, str(key) if key else "none", " or ".join(wanted)))
    if as_json:
        told = [{"id": name, "key": key, "looked_for": names} for name, key, names in rows]
        show.document({"keys": told})
    else:
        show.lines(show.table(("id", "key", "looked for"), rows))
    return 0


def providers(
    *, check_age: Annotated[bool, Parameter(negative="")] = False, as_json: Json = False
) -> int:
    """Show every front-end and platform, and whether it is ready.

    Args:
        check_age: warn of offers whose figures were read more than 60 days ago.
        as_json: answer as JSON.
    """
    from stillreel.providers import registry

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
