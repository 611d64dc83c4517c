"""How credentials are read: which lists count, and nothing from the network."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any, TypeAlias

from stillreel.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

SNAPSHOT = "2026-08-21"
"""The date of the C2PA trust list and time-stamping list in `lists/`."""

Context: TypeAlias = Any
"""A c2pa `Context`; the library has no types."""

_MEMORY_MB = 32
"""A file's bytes that c2pa may hold in memory before it uses a temporary file."""
_UNPACKED_MB = 64
"""What one compressed manifest may unpack to."""
_ANCHORS_MOST = 1 << 20


def context(anchors: Path | None = None, *, packed: bool = True) -> Context:
    """Return the c2pa `Context` with which files are read; one serves any number of files.

    Args:
        anchors: a PEM file of further certificates to trust, as a studio's own root.
        packed: unpack compressed manifests too; they can grow a thousandfold.

    Raises:
        UsageError: the PEM file cannot be read, or holds no certificate.
    """
    import c2pa

    return c2pa.Context.from_dict(settings(anchors, packed=packed))


def settings(anchors: Path | None = None, *, packed: bool = True) -> dict[str, dict[str, object]]:
    """Return c2pa's settings for reading; see `context`.

    The default settings would call genuine files invalid (they know one key usage only) and
    would fetch what a file points at.
    """
    lists = files("stillreel.trail") / "lists"
    trust: dict[str, object] = {
        "trust_config": (lists / "EKU.txt").read_text(),
        "trust_anchors": (lists / "C2PA-TRUST-LIST.pem").read_text()
        + (lists / "C2PA-TSA-TRUST-LIST.pem").read_text(),
    }
    if anchors is not None:
        trust["user_anchors"] = _pem(anchors)
    return {
        "trust": trust,
        "verify": {"remote_manifest_fetch": False, "ocsp_fetch": False},
        "builder": {"thumbnail": {"enabled": False}},
        "core": {
            "allowed_network_hosts": [],
            "backing_store_memory_threshold_in_mb": _MEMORY_MB,
            "max_decompressed_manifest_size_in_mb": _UNPACKED_MB if packed else 0,
        },
    }


def _pem(anchors: Path) -> str:
    from cryptography import x509

    try:
        with anchors.open("rb") as stream:
            data = stream.read(_ANCHORS_MOST)
        x509.load_pem_x509_certificates(data)
        return data.decode("ascii")
    except OSError as error:
        raise UsageError(
            f"The certificates to trust cannot be read: {error.strerror}.",
            where=str(anchors),
            next_step="Check the path.",
        ) from error
    except ValueError as error:
        raise UsageError(
            "This holds no PEM certificates.",
            where=str(anchors),
            next_step="Give a file with one or more BEGIN CERTIFICATE blocks.",
        ) from error
