"""The edge of the C2PA library: the only place of signing that names it."""

from __future__ import annotations

import io
import os
import re
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO
from urllib.parse import urlsplit

from stillreel.errors import MediaError, NotConfigured, ProviderError, StillreelError
from stillreel.trail import trust
from stillreel.trail.signing.nouns import Doubt

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from _typeshed import ReadableBuffer

    from stillreel.trail.signing.manifest import Words
    from stillreel.trail.signing.nouns import Identity, Ingredient

_HELD = 32 << 20
"""Bytes of a file that are held in memory while it is read."""
_MENTIONED = re.compile(rb"c2pa|provenance")
"""What a file has in it that carries a manifest, or points at one in its XMP."""
_BROKEN = re.compile("asset could not be parsed|^Io: ")
_OFF = {"enabled": False}
_ACTIONS: dict[str, object] = {
    "all_actions_included": True,
    "auto_created_action": _OFF,
    "auto_opened_action": _OFF,
    "auto_placed_action": _OFF,
}


@dataclass(frozen=True, slots=True)
class Found:
    """The manifest that a file carries, as far as signing must know it."""

    manifest: str
    """Label of the active one; empty when a manifest is there that cannot be read."""
    state: str
    failures: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()


class Press:
    """The library with one identity's key loaded."""

    def __init__(self, identity: Identity) -> None:
        """Load the key, or keep the function that signs.

        Raises:
            NotConfigured: the library refuses the chain or the key.
        """
        import c2pa

        self._raised: BaseException | None = None
        self.stamp = identity.time_stamp_url
        chain, stamp = identity.chain, self.stamp
        self._sign_elsewhere = identity.sign
        try:
            if identity.sign is None:
                info = c2pa.C2paSignerInfo(
                    identity.alg.encode(), chain.encode(), identity.key, stamp.encode() or None
                )
                signer = c2pa.Signer.from_info(info)
            else:
                alg = c2pa.C2paSigningAlg[identity.alg.upper()]
                signer = c2pa.Signer.from_callback(self._elsewhere, alg, chain, stamp or None)
            self._context: Any = c2pa.Context.from_dict(_settings(stamp), signer=signer)
            self._reading: Any = trust.context()
        except c2pa.C2paError as error:
            raise NotConfigured(
                f"The signing certificate is refused: {error}.",
                next_step="Use a C2PA signing certificate with its own key.",
            ) from error

    def close(self) -> None:
        """Let go of the key."""
        self._context.close()
        self._reading.close()

    def found_in(self, path: Path, media_type: str) -> Found | None:
        """Return the manifest in a file, or None when there is none. Nothing is fetched.

        Raises:
            MediaError: the file is broken.
        """
        import c2pa

        try:
            with _opened(path) as stream:
                if isinstance(stream, io.BytesIO) and not _MENTIONED.search(stream.getbuffer()):
                    return None
                reader: Any = c2pa.Reader.try_create(media_type, stream, context=self._reading)
                if reader is None:
                    return None
                with reader:
                    return _found(reader)
        except c2pa.C2paError as error:
            if _BROKEN.search(str(error)):
                raise _unreadable(path, media_type) from error
            return Found(manifest="", state="Invalid")

    @contextmanager
    def builder(self, said: Words) -> Generator[Build]:
        """Yield a manifest that takes ingredients and is signed once."""
        import c2pa

        with c2pa.Builder(said, context=self._context) as builder:
            yield Build(builder, self)

    def raise_what_was_raised(self, error: Exception) -> None:
        """Raise what the signing function raised, if it did; the library only says that it failed.

        Raises:
            NotConfigured: the function failed; an interruption is raised as it came.
        """
        raised, self._raised = self._raised, None
        if isinstance(raised, Exception):
            raise NotConfigured(
                f"The function that signs failed: {raised}.",
                next_step="Check the token, vault or service that holds the key.",
            ) from raised
        if raised is not None:
            raise raised from error

    def _elsewhere(self, data: bytes) -> bytes:
        """Ask the signing function; what it raises must not be lost in the library."""
        assert self._sign_elsewhere is not None
        try:
            return self._sign_elsewhere(data)
        except BaseException as error:  # noqa: BLE001 - raised again as soon as the library returns
            self._raised = error
            return b""


class Build:
    """One manifest on its way to be signed."""

    def __init__(self, builder: Any, press: Press) -> None:  # noqa: ANN401 - an untyped library
        """Wrap a builder of the library."""
        self._builder = builder
        self._press = press

    def add(self, item: Ingredient, name: str, media_type: str) -> None:
        """Add an ingredient with its own manifest and what is wrong with it.

        Raises:
            MediaError: the file is broken.
        """
        import c2pa

        told = {"title": item.title or item.path.name, "relationship": item.relation, "label": name}
        try:
            with _opened(item.path) as stream:
                self._builder.add_ingredient(told, media_type, stream)
        except c2pa.C2paError as error:
            raise _unreadable(item.path, media_type) from error

    def sign(self, media_type: str, source: Path, target: Path | None) -> bytes:
        """Sign, and return the manifest; without `target` it is not put into a file.

        Raises:
            StillreelError: the file is broken, the key does not sign, or nobody dates it.
        """
        import c2pa

        try:
            with _opened(source) as read:
                if target is None:
                    self._builder.set_no_embed()
                    return self._builder.sign(media_type, read, io.BytesIO())
                if not isinstance(read, io.BytesIO):
                    with _Disk(target) as write:
                        return self._builder.sign(media_type, read, write)
                held = io.BytesIO()
                said = self._builder.sign(media_type, read, held)
                target.write_bytes(held.getbuffer())
                return said
        except c2pa.C2paError as error:
            self._press.raise_what_was_raised(error)
            if _BROKEN.search(str(error)):
                raise _unreadable(source, media_type) from error
            raise _told(error, self._press.stamp) from error


class _Disk(io.BufferedRandom):
    """A file that raises when it is closed what it could not write: the library forgets why."""

    def __init__(self, path: Path) -> None:
        super().__init__(io.FileIO(path, "w+"))
        self._failed: OSError | None = None

    def write(self, data: ReadableBuffer, /) -> int:
        try:
            return super().write(data)
        except OSError as error:
            self._failed = error
            raise

    def __exit__(self, *raised: object) -> None:
        self.close()
        if self._failed is not None:
            raise self._failed


@contextmanager
def _opened(path: Path) -> Generator[BinaryIO]:
    """Yield a file to read, held in memory when it is small: the library takes little sips."""
    with path.open("rb") as stream:
        if os.fstat(stream.fileno()).st_size > _HELD:
            yield stream
        else:
            yield io.BytesIO(stream.read(_HELD))


def _found(reader: Any) -> Found:  # noqa: ANN401 - an untyped library
    results: Any = reader.get_validation_results() or {}
    manifest: Any = reader.get_active_manifest() or {}
    named = [(item.get("title", ""), _failures(item)) for item in manifest.get("ingredients", [])]
    return Found(
        manifest=str(manifest.get("label", "")),
        state=str(reader.get_validation_state()),
        failures=_failures({"validation_results": results}),
        doubts=tuple(Doubt(title, codes) for title, codes in named if codes),
    )


def _failures(judged: Any) -> tuple[str, ...]:  # noqa: ANN401 - an untyped library
    """Return what is wrong, leaving out that a signer is on no list: that is no fault."""
    active = (judged.get("validation_results") or {}).get("activeManifest") or {}
    codes = (str(item["code"]) for item in active.get("failure") or [])
    return tuple(code for code in codes if code != "signingCredential.untrusted")


def _settings(stamp: str) -> dict[str, dict[str, object]]:
    """Return the settings of reading, by which ingredients are judged, and those of writing.

    A time-stamping service is the only address ever asked. What was written is read again by
    `found_in`, from the disk, so the library need not do it too. Free space in an MP4 is hashed
    like all else: by default bytes could be hidden there unseen. An ingredient with a broken
    manifest is recorded with its failure: the work goes on, and no reader can miss it.
    """
    settings = trust.settings()
    settings["verify"]["verify_after_sign"] = False
    settings["builder"]["actions"] = _ACTIONS
    settings["builder"]["ignore_ingredient_errors"] = True
    settings["builder"]["bmff_hash_exclude_free_and_skip_boxes"] = False
    if stamp:
        settings["core"]["allowed_network_hosts"] = [urlsplit(stamp).netloc]
    return settings


def _unreadable(path: Path, media_type: str) -> MediaError:
    return MediaError(
        f"The file is broken: it begins like {media_type}, but cannot be read to its end.",
        where=str(path),
        next_step="Make or fetch it again.",
    )


def _told(error: Exception, stamp: str) -> StillreelError:
    """Put the library's words into ours."""
    if stamp and str(error).startswith("Signature"):
        return ProviderError(
            "The time-stamping service gave no answer that can be used, so nothing was signed.",
            where=stamp,
            next_step="Try again later, or sign without its address.",
        )
    return NotConfigured(
        f"Signing failed: {error}.", next_step="Check the signing key and its certificate."
    )
