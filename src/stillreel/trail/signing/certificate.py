"""Is this a certificate that may sign? Every rule that a reader will apply, asked beforehand."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

from stillreel.errors import NotConfigured

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from cryptography.hazmat.primitives.asymmetric.types import (
        PrivateKeyTypes,
        PublicKeyTypes,
    )
    from cryptography.x509 import Certificate, ExtensionType

    from stillreel.trail.signing.nouns import Alg

_Kind = TypeVar("_Kind", bound="ExtensionType")
C2PA_EKU = "1.3.6.1.4.1.62558.2.1"
_EKUS = {C2PA_EKU, "1.3.6.1.5.5.7.3.4", "1.3.6.1.5.5.7.3.36"}
"""What a signer must be for: C2PA claims, email protection or document signing."""
_NEXT = "Ask for a C2PA claim-signing certificate, or leave it out to sign with a local key."


def read_chain(pem: bytes, where: str) -> tuple[Certificate, ...]:
    """Return the certificates of a PEM text, in its order.

    Raises:
        NotConfigured: it holds none, or they do not follow from each other.
    """
    from cryptography import x509

    try:
        chain = tuple(x509.load_pem_x509_certificates(pem))
    except ValueError as error:
        raise refusal("This is not a PEM file with certificates.", where) from error
    for lower, upper in pairwise(chain):
        try:
            lower.verify_directly_issued_by(upper)
        except Exception as error:
            raise refusal(
                "The certificates do not form a chain: each must be issued by the next.", where
            ) from error
    return chain


def read_key(pem: bytes, where: str) -> PrivateKeyTypes:
    """Return a private key, from PKCS#8 as from the older PEM forms.

    Raises:
        NotConfigured: it is locked with a password, or is no key.
    """
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        return load_pem_private_key(pem, password=None)
    except TypeError as error:
        raise refusal(
            "The key is locked with a password.",
            where,
            "Unlock it (openssl pkcs8), or sign through a function that keeps it elsewhere.",
        ) from error
    except Exception as error:
        raise refusal("This is not a PEM file with a private key.", where) from error


def may_sign(leaf: Certificate, now: datetime, where: str) -> None:
    """Refuse a certificate that readers will not accept as a signer.

    Raises:
        NotConfigured: with the one reason that stands first.
    """
    from cryptography import x509

    days = (leaf.not_valid_before_utc, leaf.not_valid_after_utc)
    if now > days[1]:
        raise refusal(f"The certificate expired on {days[1]:%d %B %Y}.", where)
    if now < days[0]:
        raise refusal(f"The certificate is not valid before {days[0]:%d %B %Y}.", where)
    limits = _extension(leaf, x509.BasicConstraints)
    if limits is not None and limits.ca:
        raise refusal("This certificate is an authority: it issues, it may not sign files.", where)
    usage = _extension(leaf, x509.KeyUsage)
    if usage is None or not usage.digital_signature:
        raise refusal("The certificate does not allow digital signatures.", where)
    purposes = _extension(leaf, x509.ExtendedKeyUsage)
    if purposes is None:
        raise refusal("The certificate names no purpose (extended key usage).", where)
    if not {item.dotted_string for item in purposes} & _EKUS:
        raise refusal(
            "The certificate is for another purpose than C2PA, email or document signing.", where
        )
    if _extension(leaf, x509.AuthorityKeyIdentifier) is None:
        raise refusal("The certificate does not say who issued it (authority key id).", where)


def algorithm(key: PublicKeyTypes, wish: Alg | None, where: str) -> Alg:
    """Return the signature algorithm of a public key, the wished one where the key can do it.

    Raises:
        NotConfigured: the key cannot do it, or no C2PA algorithm fits the key.
    """
    can = _algorithms(key)
    if not can:
        raise refusal(
            "No C2PA signature fits this kind of key.",
            where,
            "Use an EC key (P-256, P-384, P-521), Ed25519, or RSA of 2048 bits and more.",
        )
    if wish is not None and wish not in can:
        raise refusal(f"This key cannot sign with {wish}; it signs with {', '.join(can)}.", where)
    return wish or can[0]


def match(chain: Sequence[Certificate], key: PrivateKeyTypes, where: str) -> None:
    """Refuse a key that is not the one of the first certificate.

    Raises:
        NotConfigured: it belongs to another certificate of the chain, or to none.
    """
    own = key.public_key()
    if chain[0].public_key() == own:
        return
    if any(item.public_key() == own for item in chain[1:]):
        raise refusal("The certificate of the key must come first in the chain.", where)
    raise refusal("The key and the certificate do not belong together.", where)


def refusal(what: str, where: str, next_step: str = _NEXT) -> NotConfigured:
    """Return the error of a certificate or key that cannot be used."""
    return NotConfigured(what, where=where, next_step=next_step)


def _extension(leaf: Certificate, kind: type[_Kind]) -> _Kind | None:
    from cryptography import x509

    try:
        return leaf.extensions.get_extension_for_class(kind).value
    except x509.ExtensionNotFound:
        return None


def _algorithms(key: PublicKeyTypes) -> tuple[Alg, ...]:
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

    if isinstance(key, ed25519.Ed25519PublicKey):
        return ("ed25519",)
    if isinstance(key, rsa.RSAPublicKey) and key.key_size >= 2048:
        return ("ps256", "ps384", "ps512")
    if isinstance(key, ec.EllipticCurvePublicKey):
        curves: dict[str, Alg] = {"secp256r1": "es256", "secp384r1": "es384", "secp521r1": "es512"}
        alg = curves.get(key.curve.name)
        return (alg,) if alg else ()
    return ()
