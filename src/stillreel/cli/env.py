"""What the command line reads from its environment."""

from __future__ import annotations

import os


def database() -> str:
    """Return the address of the database that workers share; empty keeps all in the folder."""
    return os.environ.get("STILLREEL_DATABASE_URL", "")
