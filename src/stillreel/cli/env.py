"""What the command line reads from its environment, and amounts that are typed there."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from stillreel.cli import show

if TYPE_CHECKING:
    from collections.abc import Generator

    from stillreel.production.orders import SigningKeys
    from stillreel.values.money import Money


def offers() -> Path:
    """Return the folder of a person's own offers files: other prices, limits or models."""
    return _own() / "offers"


def signs() -> SigningKeys:
    """Return whose certificate signs what leaves: a person's own, or this machine's.

    Raises:
        UsageError: only one of certificate and key is named.
    """
    from stillreel.errors import UsageError
    from stillreel.production.orders import SigningKeys

    chain, key = os.environ.get("STILLREEL_SIGN_CHAIN"), os.environ.get("STILLREEL_SIGN_KEY")
    if bool(chain) != bool(key):
        raise UsageError(
            "A certificate chain and its key sign together, and only one of them is named.",
            where="STILLREEL_SIGN_KEY" if chain else "STILLREEL_SIGN_CHAIN",
            next_step="Set both to PEM files, or neither.",
        )
    stamps = os.environ.get("STILLREEL_TIME_STAMPS", "")
    pair = (Path(chain), Path(key)) if chain and key else (None, None)
    return SigningKeys(_own() / "signing", *pair, stamps)


@contextmanager
def new_key_told(keys: SigningKeys | None) -> Generator[None]:
    """Say so where this machine's own signing key is made within: it stands in every file."""
    from stillreel.trail.signing.keys import studio_root

    made = keys is not None and keys.chain is None and studio_root(keys.folder) is None
    try:
        yield
    finally:
        if made and keys is not None and studio_root(keys.folder) is not None:
            show.story(
                f"A signing key of this machine was made in {keys.folder}: self-signed, on no "
                "trust list. Keep it to yourself; `stillreel doctor` shows it."
            )


def _own() -> Path:
    home = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(home) / "stillreel"


def database() -> str:
    """Return the address of the database that workers share; empty keeps all in the folder."""
    return os.environ.get("STILLREEL_DATABASE_URL", "")


def dollars(said: str | None) -> Money | None:
    """Return an amount from the command line; None where none was said.

    Raises:
        UsageError: it is no amount of money.
    """
    from stillreel.errors import UsageError
    from stillreel.values.money import Money

    try:
        return Money.parse(said) if said is not None else None
    except ValueError as error:
        raise UsageError(f"{error}.", next_step="Write dollars, like --max-spend 5.00.") from error
