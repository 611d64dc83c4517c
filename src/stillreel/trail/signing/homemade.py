"""The certificates of this machine: a root and its leaves, clearly marked as home made."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from stillreel.trail.signing import certificate

if TYPE_CHECKING:
    from datetime import datetime

    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
    from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
    from cryptography.x509 import Certificate, CertificateBuilder, KeyUsage, Name

_ROOT_DAYS = 7300
_LEAF_DAYS = 365
_BACK = timedelta(hours=1)
"""Certificates begin a little early, for readers whose clock is behind."""
MARK = "self-signed on this machine, on no trust list"


def root(now: datetime) -> bytes:
    """Return a new authority as PEM: its private key, then its certificate."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = _name("stillreel local root")
    made = (
        _certificate(name, name, key.public_key(), now, _ROOT_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage("key_cert_sign", "crl_sign"), critical=True)
        .sign(key, hashes.SHA256())
    )
    return pkcs8(key) + pem(made)


def leaf(authority: bytes, where: str, now: datetime) -> bytes:
    """Return a new signer under an authority as PEM: its key, its certificate, the authority's.

    Args:
        authority: what `root` returned.
        where: its file, for the error.
        now: with its time zone.

    Raises:
        NotConfigured: the authority is not a key and a certificate.
    """
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import ExtendedKeyUsageOID as Purpose

    issuer = certificate.read_key(authority, where)
    above = certificate.read_chain(authority, where)[0]
    assert isinstance(issuer, ec.EllipticCurvePrivateKey)
    key = ec.generate_private_key(ec.SECP256R1())
    purposes = [x509.ObjectIdentifier(certificate.C2PA_EKU), Purpose.EMAIL_PROTECTION]
    by = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.public_key())
    made = (
        _certificate(_name("stillreel local key"), above.subject, key.public_key(), now, _LEAF_DAYS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage("digital_signature", "content_commitment"), critical=True)
        .add_extension(x509.ExtendedKeyUsage(purposes), critical=False)
        .add_extension(by, critical=False)
        .sign(issuer, hashes.SHA256())
    )
    return pkcs8(key) + pem(made) + pem(above)


def pkcs8(key: PrivateKeyTypes) -> bytes:
    """Return a private key in the one PEM form that the C2PA library reads."""
    from cryptography.hazmat.primitives import serialization as written

    return key.private_bytes(
        written.Encoding.PEM, written.PrivateFormat.PKCS8, written.NoEncryption()
    )


def pem(made: Certificate) -> bytes:
    """Return a certificate as PEM."""
    from cryptography.hazmat.primitives.serialization import Encoding

    return made.public_bytes(Encoding.PEM)


def common_name(made: Certificate) -> str:
    """Return the name a certificate is known by."""
    from cryptography.x509.oid import NameOID

    names = made.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if names else made.subject.rfc4514_string()


def _name(what: str) -> Name:
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, MARK),
            x509.NameAttribute(NameOID.COMMON_NAME, f"{what} (self-signed)"),
        ]
    )


def _certificate(
    subject: Name, issuer: Name, key: EllipticCurvePublicKey, now: datetime, days: int
) -> CertificateBuilder:
    from cryptography import x509

    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _BACK)
        .not_valid_after(now - _BACK + timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _usage(*allowed: str) -> KeyUsage:
    from cryptography import x509

    known = (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    )
    return x509.KeyUsage(**{name: name in allowed for name in known})
