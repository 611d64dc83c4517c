"""The edge of the C2PA library: the only place of signing that names it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO
from urllib.parse import urlsplit

from stillreel.errors import MediaError, NotConfigured, ProviderError, StillreelError
from stillreel.trail import trust

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from stillreel.trail.signing.manifest import Words
    from stillreel.trail.signing.nouns import Identity, Ingredient

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


def found_in(path: Path, media_type: str) -> Found | None:
    """Return the manifest in a file, or None when there is none. Nothing is fetched.

    Raises:
        MediaError: the file is broken.
    """
    import c2pa

    try:
        with path.open("rb") as stream:
            context = trust.context()
            reader: Any = c2pa.Reader.try_create(media_type, stream, context=context)
            if reader is None:
                return None
            with reader:
                results = reader.get_validation_results() or {}
                failures = (results.get("activeManifest") or {}).get("failure") or []
                return Found(
                    manifest=str((reader.get_active_manifest() or {}).get("label", "")),
                    state=str(reader.get_validation_state()),
                    failures=tuple(str(item["code"]) for item in failures),
                )
    except c2pa.C2paError as error:
        if "asset could not be parsed" in str(error):
            raise _unreadable(path, media_type) from error
        return Found(manifest="", state="Invalid")


class Press:
    """The library with one identity's key loaded."""

    def __init__(self, identity: Identity) -> None:
        """Load the key, or keep the function that signs.

        Raises:
            NotConfigured: the library refuses the chain or the key.
        """
        import c2pa

        self._raised: BaseException | None = None
        chain, stamp = identity.chain, identity.time_stamp_url
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
        except c2pa.C2paError as error:
            raise NotConfigured(
                f"The signing certificate is refused: {error}.",
                next_step="Use a C2PA signing certificate with its own key.",
            ) from error

    def close(self) -> None:
        """Let go of the key."""
        self._context.close()

    @contextmanager
    def builder(self, said: Words) -> Generator[Build]:
        """Yield a manifest that takes ingredients and is signed once."""
        import c2pa

        with c2pa.Builder(said, context=self._context) as builder:
            yield Build(builder, self)

    def raised(self) -> BaseException | None:
        """Return what the signing function raised last, once."""
        raised, self._raised = self._raised, None
        return raised

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
            with item.path.open("rb") as stream:
                self._builder.add_ingredient(told, media_type, stream)
        except c2pa.C2paError as error:
            raise _unreadable(item.path, media_type) from error

    def sign(self, media_type: str, read: BinaryIO, write: BinaryIO | None) -> bytes:
        """Sign, and return the manifest; without `write` it is not put into a file."""
        import io

        import c2pa

        try:
            if write is None:
                self._builder.set_no_embed()
            return self._builder.sign(media_type, read, write or io.BytesIO())
        except c2pa.C2paError as error:
            raised = self._press.raised()
            if isinstance(raised, Exception):
                raise NotConfigured(
                    f"The function that signs failed: {raised}.",
                    next_step="Check the token, vault or service that holds the key.",
                ) from raised
            if raised is not None:
                raise raised from None
            raise _told(error) from error


def _settings(stamp: str) -> dict[str, dict[str, object]]:
    """Return the settings of reading, by which ingredients are judged, and those of writing.

    A time-stamping service is the only address ever asked. What was written is read again by
    `found_in`, from the disk, so the library need not do it too. Free space in an MP4 is hashed
    like all else: by default bytes could be hidden there unseen.
    """
    settings = trust.settings()
    settings["verify"]["verify_after_sign"] = False
    settings["builder"]["actions"] = _ACTIONS
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


def _told(error: Exception) -> StillreelError:
    """Put the library's words into ours."""
    if "http resolver" in str(error) or "time" in str(error).lower():
        return ProviderError(
            "The time-stamping service did not answer, so nothing was signed.",
            next_step="Try again later, or sign without its address.",
        )
    if "parsed" in str(error):
        return MediaError(
            "The file is broken and cannot be signed.", next_step="Make or fetch it again."
        )
    return NotConfigured(
        f"Signing failed: {error}.", next_step="Check the signing key and its certificate."
    )
