"""Weights on disk: fetched once from a hub after a yes to their licence, then held to a digest.

A folder of weights holds one folder for each card: the file, and `record.json` that says what it
is. Whoever works offline lays the file there by hand; nothing is fetched then.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

from stillreel.errors import Damaged, NotConfigured, StorageError
from stillreel.measure.nouns import WeightsUsed
from stillreel.values.digest import of_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from stillreel.measure.model.card import ModelCard

    Agree = Callable[[ModelCard], bool]
    """Shows `card.terms` to a person and returns the answer."""

INSTALL = "Install the extra: pip install 'stillreel[model]'."
_RECORD = "record.json"


class Fetched(NamedTuple):
    """A file as a hub gave it."""

    path: Path
    revision: str
    """Commit it came from, or an empty text where the hub does not tell."""


class Hub(Protocol):
    """Where weights come from."""

    def __call__(self, repo: str, revision: str, file: str, into: Path) -> Fetched:
        """Fetch one file of a repository into a scratch folder.

        Raises:
            NotConfigured: the hub cannot be reached, or has no such file.
        """
        ...


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights that are here and are what they should be."""

    card: ModelCard
    path: Path
    used: WeightsUsed
    """What is stored with every score they make."""


def no_one(card: ModelCard) -> bool:  # noqa: ARG001 - the shape of a question
    """Answer no, whatever the licence: what happens without a person to ask."""
    return False


def here(card: ModelCard, folder: Path) -> Weights | None:
    """Return the weights of a card that already lie in a folder, or None; never fetches.

    Raises:
        Damaged: the file is not the one on the card, or not the one that was fetched.
    """
    path = _place(card, folder)
    if not path.is_file():
        return None
    sha256 = of_file(path)
    record = _record(path.parent)
    wanted = card.sha256 or record.get("sha256", sha256)
    if sha256 != wanted:
        raise Damaged(
            f"The weights of {card.id!r} are not the file they should be "
            f"({sha256[:12]} instead of {wanted[:12]}).",
            where=str(path),
            next_step="Delete that folder and let them be fetched again.",
        )
    revision = record.get("revision", "") or "laid here by hand"
    return Weights(card, path, _used(card, revision, sha256))


def fetch(card: ModelCard, folder: Path, agree: Agree, hub: Hub | None = None) -> Weights:
    """Return the weights of a card, fetched on first use after a yes to their licence.

    Args:
        card: which model.
        folder: where weights are kept.
        agree: asks the person; see `no_one` where there is none.
        hub: where to fetch from; the public hub unless told.

    Raises:
        NotConfigured: the answer was no, the extra is missing, or the hub cannot be reached.
        Damaged: what lies there or came is not the file on the card.
        StorageError: the folder cannot be written.
    """
    found = here(card, folder)
    if found is not None:
        return found
    path = _place(card, folder)
    if not agree(card):
        raise NotConfigured(
            f"The weights of {card.id!r} are not here, and their licence was not agreed to.",
            where=f"{card.repo} ({card.licence})",
            next_step=f"Agree to it, or lay {PurePosixPath(card.file).name} at {path}.",
        )
    scratch = folder / "fetching" / card.id
    try:
        scratch.mkdir(parents=True, exist_ok=True)
        got = (hub or public_hub)(card.repo, card.revision, card.file, scratch)
        _keep(card, got, path)
    except OSError as error:
        raise StorageError(
            f"The weights of {card.id!r} cannot be kept: {error.strerror or error}.",
            where=str(path),
            next_step="Make room, or name another folder.",
        ) from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    kept = here(card, folder)
    assert kept is not None
    return kept


def public_hub(repo: str, revision: str, file: str, into: Path) -> Fetched:
    """Fetch from the public model hub; see `Hub`."""
    try:
        from huggingface_hub import hf_hub_download
        from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError
    except ImportError as error:
        raise NotConfigured("Weights cannot be fetched here.", next_step=INSTALL) from error
    try:
        path = hf_hub_download(repo, file, revision=revision, cache_dir=into, token=False)
    except (HfHubHTTPError, LocalEntryNotFoundError, OSError) as error:
        raise NotConfigured(
            f"{file} could not be fetched: {type(error).__name__}.",
            where=f"{repo} ({revision})",
            next_step="Check the network, or fetch the file elsewhere and lay it in the folder.",
        ) from error
    # The hub's own folder is named for the commit: snapshots/COMMIT/file.
    parts = Path(path).relative_to(into).parts
    commit = parts[parts.index("snapshots") + 1] if "snapshots" in parts else ""
    return Fetched(Path(path), commit)


def _keep(card: ModelCard, got: Fetched, path: Path) -> None:
    sha256 = of_file(got.path)
    if card.sha256 and sha256 != card.sha256:
        raise Damaged(
            f"What came for {card.id!r} is not the file on its card "
            f"({sha256[:12]} instead of {card.sha256[:12]}).",
            where=f"{card.repo} ({card.revision})",
            next_step="Try again later; if it stays so, the publisher changed it.",
        )
    used = _used(card, got.revision or card.revision, sha256)
    record = {
        "model": used.model,
        "repo": used.repo,
        "revision": used.revision,
        "file": card.file,
        "licence": used.licence,
        "sha256": sha256,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(path.name + ".part")
    shutil.copyfile(got.path, half)
    (path.parent / _RECORD).write_text(json.dumps(record, indent=2) + "\n", "utf-8")
    half.replace(path)


def _place(card: ModelCard, folder: Path) -> Path:
    return folder / card.id / PurePosixPath(card.file).name


def _record(folder: Path) -> dict[str, str]:
    path = folder / _RECORD
    try:
        return cast("dict[str, str]", json.loads(path.read_text("utf-8")))
    except FileNotFoundError:
        return {}
    except ValueError as error:
        raise Damaged(
            "The record of these weights cannot be read.",
            where=str(path),
            next_step="Delete that folder and let them be fetched again.",
        ) from error


def _used(card: ModelCard, revision: str, sha256: str) -> WeightsUsed:
    return WeightsUsed(card.id, card.repo, revision, card.licence, sha256, card.preprocessing)
