"""Certificates of every kind, good and bad, for tests that sign with them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

C2PA = ObjectIdentifier("1.3.6.1.4.1.62558.2.1")
PKCS8 = serialization.PrivateFormat.PKCS8
SEC1 = serialization.PrivateFormat.TraditionalOpenSSL
_USES = (
    *("digital_signature", "content_commitment", "key_encipherment", "data_encipherment"),
    *("key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
)


def name(words: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, words)])


def usage(*allowed: str) -> x509.KeyUsage:
    return x509.KeyUsage(**{use: use in allowed for use in _USES})


def new_key(kind: str = "p256") -> Any:
    curves = {"p256": ec.SECP256R1, "p384": ec.SECP384R1, "p521": ec.SECP521R1}
    if kind in curves:
        return ec.generate_private_key(curves[kind]())
    if kind == "ed25519":
        return ed25519.Ed25519PrivateKey.generate()
    if kind == "k256":
        return ec.generate_private_key(ec.SECP256K1())
    return rsa.generate_private_key(65537, int(kind.removeprefix("rsa")))


def key_pem(key: Any, form: Any = PKCS8, password: bytes = b"") -> bytes:
    lock = serialization.BestAvailableEncryption(password) if password else None
    return key.private_bytes(serialization.Encoding.PEM, form, lock or serialization.NoEncryption())


def pem(*chain: x509.Certificate) -> bytes:
    return b"".join(item.public_bytes(serialization.Encoding.PEM) for item in chain)


def certificate(
    key: Any,
    now: datetime,
    issuer: tuple[x509.Certificate, Any] | None = None,
    *,
    called: str = "A Studio",
    begins: timedelta = timedelta(hours=-1),
    days: float = 365,
    authority: bool = False,
    uses: tuple[str, ...] = ("digital_signature",),
    purposes: tuple[Any, ...] = (C2PA, ExtendedKeyUsageOID.EMAIL_PROTECTION),
    names_issuer: bool = True,
) -> x509.Certificate:
    """Return a certificate of `key`, signed by `issuer` or by itself."""
    above, signer = issuer or (None, key)
    begin = now + begins
    public = key.public_key()
    made = (
        x509.CertificateBuilder()
        .subject_name(name(called))
        .issuer_name(above.subject if above else name(called))
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(usage(*uses), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )
    if purposes:
        critical = ExtendedKeyUsageOID.TIME_STAMPING in purposes
        made = made.add_extension(x509.ExtendedKeyUsage(purposes), critical=critical)
    if names_issuer:
        by = x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key())
        made = made.add_extension(by, critical=False)
    digest = None if isinstance(signer, ed25519.Ed25519PrivateKey) else hashes.SHA256()
    return made.sign(signer, digest)


def root(now: datetime, called: str = "A Root") -> tuple[x509.Certificate, Any]:
    """Return a certificate authority and its key."""
    key = new_key()
    made = certificate(
        key,
        now,
        called=called,
        days=3650,
        begins=timedelta(days=-1000),
        authority=True,
        uses=("key_cert_sign", "crl_sign"),
        purposes=(),
        names_issuer=False,
    )
    return made, key
