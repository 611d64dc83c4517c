"""Where a sign-in is kept: for one person, and never in a project.

It lies in the system's keyring where there is one, else in a file that only this person can read,
in the folder of their own settings.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ValidationError

from stillreel.errors import NotConfigured
from stillreel.providers import keys

if TYPE_CHECKING:
    from collections.abc import Mapping

COMMAND = "python -m stillreel.shelf.higgsfield_mcp"
"""What a person types to sign in."""
_NAME = "HIGGSFIELD_MCP_SIGN_IN"


class Kept(BaseModel):
    """What is kept of a sign-in, in the shapes of the official client."""

    tokens: dict[str, object] = {}
    client: dict[str, object] = {}
    server: dict[str, object] = {}
    expires_at: float = 0.0

    @property
    def access(self) -> str:
        """The token that lets in; empty where nobody has signed in."""
        return str(self.tokens.get("access_token") or "")

    @property
    def registered(self) -> str:
        """As what this sign-in is registered: another one for each time somebody signs in."""
        return str(self.client.get("client_id") or self.access)


class Drawer:
    """Where a sign-in is kept."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        """Keep in the folder of a person's settings, as their environment says where that is."""
        home = environment.get("XDG_CONFIG_HOME", "") or environment.get("HOME", "")
        below = "" if environment.get("XDG_CONFIG_HOME") else ".config"
        self.file = Path(home, below, "stillreel", "higgsfield-mcp.json") if home else None

    def read(self) -> Kept:
        """Return what is kept; nothing where nobody has signed in."""
        text = keys.from_keyring(_NAME) if self.file is not None else ""
        if not text and self.file is not None and self.file.is_file():
            text = self.file.read_text("utf-8")
        try:
            return Kept.model_validate_json(text) if text else Kept()
        except ValidationError:
            return Kept()

    def write(self, kept: Kept) -> None:
        """Keep a sign-in.

        Raises:
            NotConfigured: there is no place for it.
        """
        text = kept.model_dump_json()
        if _to_keyring(text):
            return
        if self.file is None:
            raise NotConfigured(
                "There is no place to keep a sign-in.", next_step="Set HOME, then try again."
            )
        self.file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        new = self.file.with_suffix(f".{os.getpid()}")
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(text)
        new.replace(self.file)


def _to_keyring(text: str) -> bool:
    try:
        import keyring  # pyright: ignore[reportMissingImports] - an extra
        from keyring.errors import KeyringError  # pyright: ignore[reportMissingImports] - the same
    except ImportError:
        return False
    try:
        keyring.set_password(keys.SERVICE, _NAME, text)
    except KeyringError:
        return False
    keys.from_keyring.cache_clear()
    return True
