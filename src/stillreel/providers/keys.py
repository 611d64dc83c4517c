"""Keys: an argument, then the vendor's usual environment variable, then the system's keyring."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

SERVICE = "stillreel"
"""Name the keyring files our keys under; the user name is that of the environment variable."""
_SHOWN = 4
_LEAST = 12
"""Letters below which a key is too short for any of it to be shown."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key that was found; it shows where it came from, and never itself."""

    secret: str = field(repr=False)
    source: str
    """`argument`, the name of an environment variable, or `keyring NAME`."""

    @property
    def tail(self) -> str:
        """The last four characters, for a person who has several keys."""
        return self.secret[-_SHOWN:] if len(self.secret) >= _LEAST else ""

    @property
    def sound(self) -> bool:
        """Whether it can travel in a header: a word of plain letters, not a sentence or a paste."""
        return self.secret.isascii() and self.secret.isprintable() and " " not in self.secret

    def __str__(self) -> str:
        """Return where it came from and its last four characters."""
        return f"{self.source} (...{self.tail})" if self.tail else self.source


def find(
    names: Sequence[str],
    environment: Mapping[str, str],
    given: str = "",
    keyring: Callable[[str], str] | None = None,
) -> Key | None:
    """Return the key of a vendor, or None where there is none.

    Args:
        names: environment variables the vendor's key usually lies in, in order.
        environment: where they are looked up.
        given: a key handed over by a caller; wins.
        keyring: returns the key filed under a name, or nothing; the system's unless told.
    """
    if given.strip():
        return Key(given.strip(), "argument")
    for name in names:
        if found := environment.get(name, "").strip():
            return Key(found, name)
    look = keyring or from_keyring
    for name in names:
        if found := look(name).strip():
            return Key(found, f"keyring {name}")
    return None


@cache
def from_keyring(name: str) -> str:
    """Return what the system's keyring files under a name; nothing without the extra `keyring`."""
    try:
        import keyring  # pyright: ignore[reportMissingImports] - an extra
        from keyring.errors import KeyringError  # pyright: ignore[reportMissingImports] - the same
    except ImportError:
        return ""
    try:
        return str(keyring.get_password(SERVICE, name) or "")
    except KeyringError:
        # No keyring runs on this machine, or it is locked: there is no key to be had here.
        return ""
