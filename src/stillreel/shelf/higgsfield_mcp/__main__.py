"""Lets a person sign in at Higgsfield: `python -m stillreel.shelf.higgsfield_mcp`."""

from __future__ import annotations

import asyncio
import os
import sys

from stillreel.errors import StillreelError
from stillreel.shelf.higgsfield_mcp.drawer import Drawer
from stillreel.shelf.higgsfield_mcp.platform import HiggsfieldMcp
from stillreel.shelf.higgsfield_mcp.sign_in import browse, sign_in


def main() -> int:
    """Open the browser, wait for the person, and say what came of it."""
    sys.stdout.write("Sign in at Higgsfield in the browser that opens now.\n")
    try:
        tools = asyncio.run(sign_in(HiggsfieldMcp().address, Drawer(os.environ), _show))
    except StillreelError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"You are signed in; the server has {len(tools)} tools.\n")
    return 0


def _show(address: str) -> None:
    if not browse(address):
        sys.stdout.write(f"Open this address:\n{address}\n")


if __name__ == "__main__":
    raise SystemExit(main())
