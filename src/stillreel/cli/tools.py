"""providers, doctor: what is here and whether it works."""

from __future__ import annotations

import os
import platform
import sys
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


def providers(*, as_json: Json = False) -> int:
    """Show every front-end and platform, and whether it is ready.

    Args:
        as_json: answer as JSON.
    """
    from stillreel.providers import registry

    found = registry.listed()
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
