"""Who signs: the key of this machine, made when first needed, or the studio's own chain."""

from __future__ import annotations

import os
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from stillreel.errors import NotConfigured
from stillreel.ledger.store import storage_error
from stillreel.trail.signing import certificate, homemade
from stillreel.trail.signing.nouns import Identity

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from cryptography.x509 import Certificate

    from stillreel.trail.signing.nouns import Alg

_ROOT = "root.pem"
_PUBLIC = "root-certificate.pem"
_RENEW = timedelta(days=7)


def studio_key(folder: Path, *, now: datetime, time_stamp_url: str = "") -> Identity:
    """Return the signing key of this machine, made on first use and renewed in time.

    `folder` holds our own authority (`root.pem`, and without its key `root-certificate.pem`) and
    one `leaf-*.pem` for each year: a private key and its certificates in one file, for its owner's
    eyes only. No file is ever overwritten; a leaf with under 7 days left gets a successor under
    the same root, and stays.

    Args:
        folder: a folder of the person, outside every project.
        now: with its time zone.
        time_stamp_url: an RFC 3161 service that dates the signatures.

    Raises:
        NotConfigured: a file in the folder is not a key any more.
        StorageError: the folder cannot be written.
    """
    root = folder / _ROOT
    if not root.exists():
        _keep(root, homemade.root(now))
    if not (folder / _PUBLIC).exists():
        authority = certificate.read_chain(_read(root), str(root))[0]
        _keep(folder / _PUBLIC, homemade.pem(authority), mode=0o644)
    known = known_key(folder, now=now, time_stamp_url=time_stamp_url)
    if known is not None:
        return known
    path = folder / f"leaf-{now:%Y%m%dT%H%M%S}.pem"
    _keep(path, homemade.leaf(_read(root), str(root), now))
    return _own(path, time_stamp_url)


def known_key(folder: Path, *, now: datetime, time_stamp_url: str = "") -> Identity | None:
    """Return the signing key of this machine as it is there; None where one is to be made.

    Raises:
        NotConfigured: a file in the folder is not a key any more.
    """
    leaves = [_own(path, time_stamp_url) for path in sorted(folder.glob("leaf-*.pem"))]
    fresh = [leaf for leaf in leaves if leaf.not_before <= now < leaf.not_after - _RENEW]
    return max(fresh, key=lambda leaf: leaf.not_after, default=None)


def studio_root(folder: Path) -> Path | None:
    """Return the PEM file with the certificate of this machine's authority; None without a key.

    It may be given away: whoever trusts it trusts every file signed here.
    """
    path = folder / _PUBLIC
    return path if path.exists() else None


def identity_from_files(
    chain: Path,
    key: Path,
    alg: Alg | None = None,
    *,
    now: datetime,
    time_stamp_url: str = "",
) -> Identity:
    """Return the studio's own signer from two PEM files; everything wrong is said here.

    Args:
        chain: certificates, the signer's own first; the root may be left out.
        key: private key without a password, PKCS#8 or an older PEM form.
        alg: signature algorithm; the natural one of the key where None.
        now: with its time zone.
        time_stamp_url: an RFC 3161 service that dates the signatures.

    Raises:
        NotConfigured: a file cannot be read, or readers would not accept the certificate.
    """
    chain_pem, where = _read(chain), str(chain)
    secret = certificate.read_key(_read(key), str(key))
    certificates = certificate.read_chain(chain_pem, where)
    certificate.match(certificates, secret, str(key))
    certificate.may_sign(certificates[0], now, where)
    return _identity(
        certificates,
        certificate.algorithm(secret.public_key(), alg, str(key)),
        key=homemade.pkcs8(secret),
        time_stamp_url=time_stamp_url,
    )


def identity_from_callback(
    sign: Callable[[bytes], bytes],
    chain: bytes,
    alg: Alg | None = None,
    *,
    now: datetime,
    time_stamp_url: str = "",
) -> Identity:
    """Return a signer whose key stays where it is: a token, a vault, a signing service.

    Args:
        sign: gets the bytes to sign and returns the signature, DER or raw r|s.
        chain: PEM certificates, the signer's own first.
        alg: signature algorithm; the natural one of the certificate's key where None.
        now: with its time zone.
        time_stamp_url: an RFC 3161 service that dates the signatures.

    Raises:
        NotConfigured: readers would not accept the certificate.
    """
    where = "certificate chain"
    certificates = certificate.read_chain(chain, where)
    certificate.may_sign(certificates[0], now, where)
    own = certificate.algorithm(certificates[0].public_key(), alg, where)
    return _identity(certificates, own, sign=sign, time_stamp_url=time_stamp_url)


def within_its_days(identity: Identity, now: datetime) -> None:
    """Refuse to sign with a certificate that has ended since it was loaded.

    Raises:
        NotConfigured: it has ended, or has not begun.
    """
    if not identity.not_before <= now <= identity.not_after:
        raise certificate.refusal(
            f"The certificate signs from {identity.not_before:%d %B %Y} "
            f"to {identity.not_after:%d %B %Y} only.",
            identity.name,
        )


def _identity(
    chain: Sequence[Certificate],
    alg: Alg,
    *,
    key: bytes = b"",
    sign: Callable[[bytes], bytes] | None = None,
    time_stamp_url: str = "",
    home_made: bool = False,
) -> Identity:
    rooted = len(chain) > 1 and chain[-1].issuer == chain[-1].subject
    carried = chain[: len(chain) - rooted]
    return Identity(
        name=homemade.common_name(chain[0]),
        chain=b"".join(homemade.pem(item) for item in carried).decode(),
        alg=alg,
        not_before=chain[0].not_valid_before_utc,
        not_after=chain[0].not_valid_after_utc,
        key=key,
        sign=sign,
        time_stamp_url=time_stamp_url,
        home_made=home_made,
    )


def _own(path: Path, time_stamp_url: str) -> Identity:
    """Read a leaf of ours; whether its days have come is for the caller."""
    pem, where = _read(path), str(path)
    try:
        key = certificate.read_key(pem, where)
        chain = certificate.read_chain(pem, where)
        certificate.match(chain, key, where)
    except NotConfigured as error:
        raise certificate.refusal(
            error.what, where, "Move this file away; a new key is made by itself."
        ) from error
    return _identity(
        chain,
        certificate.algorithm(key.public_key(), None, where),
        key=homemade.pkcs8(key),
        time_stamp_url=time_stamp_url,
        home_made=True,
    )


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise certificate.refusal(
            f"The file cannot be read: {error.strerror or error}.", str(path)
        ) from error


def _keep(path: Path, data: bytes, *, mode: int = 0o600) -> None:
    """Write a file once, whole, for its owner only; one that is there already wins."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(prefix=".part-", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fchmod(stream.fileno(), mode)
                os.fsync(stream.fileno())
            try:
                path.hardlink_to(name)
            except FileExistsError:
                return
        finally:
            Path(name).unlink()
    except OSError as error:
        raise storage_error(error, path) from error
