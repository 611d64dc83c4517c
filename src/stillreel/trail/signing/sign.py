"""Sign a file: never in place, read again before it gets its name, whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from stillreel.errors import MediaError, NotConfigured, UsageError
from stillreel.ledger.atomic import whole
from stillreel.ledger.store import storage_error, write_atomic
from stillreel.trail.signing import manifest, native
from stillreel.trail.signing.keys import within_its_days
from stillreel.trail.signing.nouns import Receipt
from stillreel.values import digest as digests
from stillreel.values.carried import carries_c2pa
from stillreel.values.sniff import media_type_of

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from stillreel.trail.signing.nouns import Identity, Made

SIGNABLE = frozenset({"image/png", "image/jpeg", "image/webp", "video/mp4"})


class FileSigner:
    """Signs any number of files with one identity, as the many files of a film want it.

    Use it in a `with`; it holds the key while it is open.
    """

    def __init__(self, identity: Identity) -> None:
        """Load the key into the library once."""
        self.identity = identity
        self._native = native.Press(identity)

    def __enter__(self) -> Self:
        """Return the signer itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the key."""
        self.close()

    def close(self) -> None:
        """Let go of the key."""
        self._native.close()

    def sign(
        self,
        source: Path,
        target: Path,
        made: Made,
        *,
        now: datetime,
        beside: Path | None = None,
    ) -> Receipt:
        """Write `target`: the bytes of `source` with a signed manifest that says how it was made.

        `source` is not touched, and `target` is whole or does not change at all. Ingredients are
        read, checked and carried along with their own manifests and what was found wrong in them.

        Args:
            source: PNG, JPEG, WebP or MP4.
            target: another path; its folder need not exist yet.
            made: what is said.
            now: with its time zone; a certificate outside its days signs nothing.
            beside: where the manifest is written once more, as a `.c2pa` file of its own.

        Raises:
            UsageError: `target` is the source or one of the ingredients.
            MediaError: the format cannot be signed, or a file cannot be read as what it is.
            NotConfigured: the certificate does not hold now, or the key does not sign.
            ProviderError: the time-stamping service did not answer.
            StorageError: the target cannot be written.
        """
        media_type = self._agreed(source, made, now)
        _apart(target, source, made)
        if beside is not None:
            _apart(beside, source, made)
        try:
            with whole(target) as part:
                said = self._build(made, media_type, source, part)
                found = self._native.found_in(part, media_type)
                if found is None or found.state == "Invalid":
                    raise _not_valid(source, found)
        except OSError as error:
            raise storage_error(error, target) from error
        if beside is not None:
            write_atomic(beside, said)
        size = target.stat().st_size
        return Receipt(
            path=target,
            media_type=media_type,
            digest=digests.of_file(target),
            size=size,
            manifest=found.manifest,
            added=size - source.stat().st_size,
            doubts=found.doubts,
        )

    def sidecar(self, source: Path, made: Made, *, now: datetime) -> bytes:
        """Return a manifest for `source` as it lies there, as the bytes of a `.c2pa` file.

        It names the bytes of `source` itself: for the manifest of a signed file see `beside`.

        Raises:
            StillreelError: as `sign` does.
        """
        media_type = self._agreed(source, made, now)
        return self._build(made, media_type, source, None)

    def _agreed(self, source: Path, made: Made, now: datetime) -> str:
        """Return the media type of a source that may be signed now, or say why it may not."""
        within_its_days(self.identity, now)
        media_type = _signable(source)
        for item in made.ingredients:
            media_type_of(item.path)
        self._keeps_its_history(source, media_type, made)
        return media_type

    def _keeps_its_history(self, source: Path, media_type: str, made: Made) -> None:
        """Refuse a source whose own manifest would be dropped, as no parent carries it on."""
        found = self._native.found_in(source, media_type) if carries_c2pa(source) else None
        if found is None:
            return
        for parent in (item.path for item in made.ingredients if item.relation == "parentOf"):
            if parent.resolve() == source.resolve():
                return
            held = self._native.found_in(parent, media_type_of(parent))
            if held is not None and held.manifest and held.manifest == found.manifest:
                return
        raise MediaError(
            "This file carries Content Credentials of its own, and signing would drop them.",
            where=str(source),
            next_step="Name it as the parentOf ingredient, so that its history is carried on.",
        )

    def _build(self, made: Made, media_type: str, source: Path, target: Path | None) -> bytes:
        with self._native.builder(manifest.definition(made)) as builder:
            for index, item in enumerate(made.ingredients):
                builder.add(item, manifest.ingredient_id(index), media_type_of(item.path))
            return builder.sign(media_type, source, target)


def sign(source: Path, target: Path, made: Made, identity: Identity, *, now: datetime) -> Receipt:
    """Sign one file; see `FileSigner.sign`, which is cheaper for many."""
    with FileSigner(identity) as signer:
        return signer.sign(source, target, made, now=now)


def sidecar(source: Path, made: Made, identity: Identity, *, now: datetime) -> bytes:
    """Return the manifest of one file as bytes; see `FileSigner.sidecar`."""
    with FileSigner(identity) as signer:
        return signer.sidecar(source, made, now=now)


def _signable(source: Path) -> str:
    media_type = media_type_of(source)
    if media_type not in SIGNABLE:
        raise MediaError(
            "Only PNG, JPEG, WebP and MP4 can be signed, and this is none of them.",
            where=str(source),
            next_step="Convert it first; the ending of a name does not count, the bytes do.",
        )
    return media_type


def _apart(target: Path, source: Path, made: Made) -> None:
    """Refuse a target that is one of the files it is made from: writing it would destroy them."""
    for path in (source, *(item.path for item in made.ingredients)):
        if target.resolve() == path.resolve() or (target.exists() and target.samefile(path)):
            raise UsageError(
                "A file is never signed in place, nor over one of its ingredients.",
                where=str(target),
                next_step="Give another path for the signed file.",
            )


def _not_valid(source: Path, found: native.Found | None) -> NotConfigured:
    codes = ", ".join(found.failures) if found else ""
    return NotConfigured(
        f"What was signed does not verify, so nothing was written{f' ({codes})' if codes else ''}.",
        where=str(source),
        next_step="Check that the key, the certificate and the named algorithm belong together.",
    )
