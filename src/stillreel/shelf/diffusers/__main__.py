"""Fetches the weights of a model, after a yes: `python -m stillreel.shelf.diffusers REPOSITORY`.

No run fetches anything by itself. Only the files that the model's index names are fetched, into the
hub's own store on this disk, and none that could carry code.
"""

from __future__ import annotations

import sys
from importlib import import_module

from stillreel.errors import NotConfigured, StillreelError, UsageError
from stillreel.shelf.diffusers.loading import INSTALL


def main(words: list[str]) -> int:
    """Ask, fetch, and return the exit code."""
    try:
        if not 1 <= len(words) <= 2:
            raise UsageError("A repository is wanted, and a revision where it is not main.")
        return _fetched(*words)
    except StillreelError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code


def _fetched(repository: str, revision: str = "main", /) -> int:
    try:
        library = import_module("diffusers")
    except ImportError as error:
        raise NotConfigured("Weights cannot be fetched here.", next_step=INSTALL) from error
    sys.stderr.write(
        f"{repository} at {revision}: its licence stands on its page at the hub. "
        "Fetch it and agree to that? [y/N] "
    )
    sys.stderr.flush()
    if sys.stdin.readline().strip().lower() not in {"y", "yes"}:
        sys.stderr.write("Nothing was fetched.\n")
        return 1
    try:
        path = library.DiffusionPipeline.download(
            repository, revision=revision, use_safetensors=True
        )
    except (OSError, ValueError) as error:
        said = str(error).partition("\n")[0]
        raise NotConfigured(
            f"It could not be fetched: {said}.",
            where=repository,
            next_step="Check the name and the network; some want `hf auth login` first.",
        ) from error
    sys.stdout.write(f"{path}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
