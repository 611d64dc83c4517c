"""Where a command comes in: find the verb, run it, turn every failure into a sentence."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from stillreel.errors import StillreelError

if TYPE_CHECKING:
    from collections.abc import Sequence

INTERRUPTED = 130
OUR_BUG = 1
USAGE = 2


def main() -> None:
    """Run the command line of this process and exit with its code."""
    try:
        code = run(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader (head, less) has gone; point stdout away so that closing it stays silent.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    sys.exit(code)


def run(words: Sequence[str]) -> int:
    """Run one command and return its exit code.

    Args:
        words: the command line after the program's name.
    """
    if not words or words[0] in {"-h", "--help", "help"}:
        from stillreel.cli.verbs import root_help

        sys.stdout.write(root_help() + "\n")
        return 0 if words else USAGE
    if words[0] == "--version":
        from importlib.metadata import version

        sys.stdout.write(f"stillreel {version('stillreel')}\n")
        return 0
    as_json = "--json" in words
    try:
        return _call(words)
    except StillreelError as error:
        from stillreel.cli import show

        show.failure(error, as_json=as_json)
        return error.exit_code
    except BrokenPipeError:
        raise
    except Exception:  # noqa: BLE001 - the last door: anything unforeseen is our bug, and is said so
        import traceback

        traceback.print_exc()
        sys.stderr.write(
            "\nThis is a bug in stillreel, not in your film; finished takes are kept. "
            "Please report the lines above.\n"
        )
        return OUR_BUG
    except KeyboardInterrupt:
        sys.stderr.write(
            "\nInterrupted. Finished takes are kept; the same command goes on from here.\n"
        )
        return INTERRUPTED


def _call(words: Sequence[str]) -> int:
    import cyclopts

    from stillreel.cli.env import offers
    from stillreel.cli.verbs import VERBS
    from stillreel.errors import UsageError
    from stillreel.providers import registry

    registry.offers_from(offers())

    app = cyclopts.App(
        name="stillreel",
        help_format="plaintext",
        version_flags=[],
        suppress_keyboard_interrupt=False,
    )
    for verb in VERBS:
        app.command(f"stillreel.cli.{verb.home}", name=verb.name)
    try:
        code = app(
            list(words),
            exit_on_error=False,
            print_error=False,
            result_action="return_value",
        )
    except cyclopts.CycloptsError as error:
        raise UsageError(
            " ".join(str(error).split()), next_step=f"See `stillreel {words[0]} --help`."
        ) from error
    return code if isinstance(code, int) else 0
