"""Throwaway signers and tiny signed pictures, made afresh for a test and trusted by nobody."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

import av
import c2pa
import cv2
import numpy as np
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

from stillreel.trail import trust

if TYPE_CHECKING:
    from pathlib import Path

C2PA_SIGNING = x509.ObjectIdentifier("1.3.6.1.4.1.62558.2.1")
GENERATED = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
NOW = datetime.now(UTC)


@dataclass(frozen=True)
class Ingredient:
    """What a signed file is made from."""

    title: str
    data: bytes
    relationship: str = "componentOf"
    mime: str = "image/png"


@dataclass(frozen=True)
class Signer:
    """A leaf under a root of its own."""

    chain: bytes
    key: bytes
    root: bytes

    def sign(
        self,
        data: bytes,
        *ingredients: Ingredient,
        mime: str = "image/png",
        actions: tuple[dict[str, object], ...] = (),
        assertions: tuple[dict[str, object], ...] = (),
        packed: bool = False,
    ) -> bytes:
        """Return the file with a manifest that says it was created from these ingredients."""
        created = {"action": "c2pa.created", "digitalSourceType": GENERATED}
        settings = trust.settings()
        settings["verify"]["verify_after_sign"] = False
        settings["core"]["prefer_compress_manifests"] = packed
        builder = c2pa.Builder(
            {
                "claim_generator_info": [{"name": "throwaway", "version": "1"}],
                "assertions": [
                    {
                        "label": "c2pa.actions.v2",
                        "data": {"actions": [created, *actions]},
                        "created": True,
                    },
                    *assertions,
                ],
            },
            context=c2pa.Context.from_dict(settings),
        )
        for one in ingredients:
            label = {"title": one.title, "relationship": one.relationship}
            builder.add_ingredient(label, one.mime, io.BytesIO(one.data))
        info = c2pa.C2paSignerInfo(
            alg=b"es256", sign_cert=self.chain, private_key=self.key, ta_url=None
        )
        signed = io.BytesIO()
        builder.sign(c2pa.Signer.from_info(info), mime, io.BytesIO(data), signed)
        return signed.getvalue()


@dataclass
class Authority:
    """A root that gives leaves of any length of life."""

    name: str = "Throwaway"
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def __post_init__(self) -> None:
        self.root = (
            self._start(f"{self.name} Root", self.key, days=3000)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .add_extension(_usage(ca=True), critical=True)
            .sign(self.key, hashes.SHA256())
        )

    def signer(self, *, days: float = 300, ocsp: str | None = None) -> Signer:
        """Return a signer whose certificate ends in `days`, and may name an OCSP address."""
        key = ec.generate_private_key(ec.SECP256R1())
        usages = [C2PA_SIGNING, ExtendedKeyUsageOID.EMAIL_PROTECTION]
        leaf = (
            self._start(self.name, key, days=days)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(ca=False), critical=True)
            .add_extension(x509.ExtendedKeyUsage(usages), critical=False)
        )
        if ocsp is not None:
            method = AuthorityInformationAccessOID.OCSP
            place = x509.AccessDescription(method, x509.UniformResourceIdentifier(ocsp))
            leaf = leaf.add_extension(x509.AuthorityInformationAccess([place]), critical=False)
        pem = serialization.Encoding.PEM
        signed = leaf.sign(self.key, hashes.SHA256())
        return Signer(
            signed.public_bytes(pem) + self.root.public_bytes(pem),
            key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()),
            self.root.public_bytes(pem),
        )

    def anchors(self, folder: Path) -> Path:
        """Write the root as a file of certificates to trust."""
        path = folder / "anchors.pem"
        path.write_bytes(self.root.public_bytes(serialization.Encoding.PEM))
        return path

    def _start(
        self, name: str, key: ec.EllipticCurvePrivateKey, *, days: float
    ) -> x509.CertificateBuilder:
        public, issuer = key.public_key(), self.key.public_key()
        return (
            x509.CertificateBuilder()
            .subject_name(_named(name))
            .issuer_name(_named(f"{self.name} Root"))
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(NOW - timedelta(days=30))
            .not_valid_after(NOW + timedelta(days=days))
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer), critical=False
            )
        )


@cache
def authority() -> Authority:
    """Return one authority for all tests of a run: keys take a moment to make."""
    return Authority()


@cache
def picture(seed: int = 1, kind: str = ".png") -> bytes:
    """Return a small noisy picture as a file."""
    noise = np.random.default_rng(seed).integers(0, 255, (48, 64, 3), dtype=np.uint8)
    return cv2.imencode(kind, noise)[1].tobytes()


@cache
def clip(seed: int = 1, *, aigc: str = "") -> bytes:
    """Return a clip of a few noisy frames as an MP4, with an AIGC key where one is given."""
    noise = np.random.default_rng(seed)
    kept = io.BytesIO()
    with av.open(kept, "w", format="mp4", options={"movflags": "use_metadata_tags"}) as film:
        if aigc:
            film.metadata["AIGC"] = aigc
        stream = film.add_stream("mpeg4", rate=24)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for _ in range(4):
            pixels = noise.integers(0, 255, (48, 64, 3), dtype=np.uint8)
            film.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        film.mux(stream.encode())
    return kept.getvalue()


def flipped(data: bytes, at: int) -> bytes:
    """Return the bytes with one bit of one byte changed."""
    changed = bytearray(data)
    changed[at] ^= 1
    return bytes(changed)


def _named(name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, name),
            x509.NameAttribute(NameOID.COMMON_NAME, f"{name} Signer"),
        ]
    )


def _usage(*, ca: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not ca,
        content_commitment=not ca,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=ca,
        crl_sign=ca,
        encipher_only=False,
        decipher_only=False,
    )
