"""What the command line reads from its environment."""

from __future__ import annotations

import os
from pathlib import Path


def offers() -> Path:
    """Return the folder of a person's own offers files: other prices, limits or models."""
    home = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(home) / "stillreel" / "offers"


def database() -> str:
    """Return the address of the database that workers share; empty keeps all in the folder."""
    return os.environ.get("STILLREEL_DATABASE_URL", "")
