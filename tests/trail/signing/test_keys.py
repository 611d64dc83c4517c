"""Who signs: the machine's own key lives long and alone; a bad certificate is told beforehand."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID

from stillreel.errors import NotConfigured, StorageError
from stillreel.trail.signing.keys import (
    identity_from_callback,
    identity_from_files,
    studio_key,
    studio_root,
)
from stillreel.trail.signing.sign import sign
from trail.signing import papers
from trail.signing.rooms import NOW, Studio, made, read, second_opinion


def certificate_in(path: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificates(path.read_bytes())[0]


def test_the_first_use_makes_a_key_that_only_its_owner_reads(tmp_path: Path) -> None:
    identity = studio_key(tmp_path / "keys", now=NOW)
    secret = [path for path in (tmp_path / "keys").iterdir() if b"PRIVATE KEY" in path.read_bytes()]
    assert len(secret) == 2
    assert {path.stat().st_mode & 0o777 for path in secret} == {0o600}
    assert (tmp_path / "keys").stat().st_mode & 0o077 == 0
    assert identity.home_made
    assert b"PRIVATE KEY" not in repr(identity).encode()


def test_the_certificate_fits_the_profile_and_says_that_it_is_home_made(tmp_path: Path) -> None:
    studio_key(tmp_path, now=NOW)
    leaf = certificate_in(next(tmp_path.glob("leaf-*.pem")))
    assert "self-signed" in leaf.subject.rfc4514_string()
    assert "no trust list" in leaf.subject.rfc4514_string()
    extension = leaf.extensions.get_extension_for_class
    purposes = {item.dotted_string for item in extension(x509.ExtendedKeyUsage).value}
    assert purposes == {"1.3.6.1.4.1.62558.2.1", "1.3.6.1.5.5.7.3.4"}
    usage = extension(x509.KeyUsage).value
    assert usage.digital_signature
    assert usage.content_commitment
    assert not usage.key_cert_sign
    assert extension(x509.SubjectKeyIdentifier)
    assert extension(x509.AuthorityKeyIdentifier)
    assert leaf.not_valid_after_utc - leaf.not_valid_before_utc <= timedelta(days=366)
    leaf.verify_directly_issued_by(certificate_in(tmp_path / "root.pem"))


def test_the_same_key_is_used_until_its_last_week(tmp_path: Path) -> None:
    first = studio_key(tmp_path, now=NOW)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert studio_key(tmp_path, now=first.not_after - timedelta(days=7, hours=1)) == first
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_in_its_last_week_it_is_followed_by_another_under_the_same_root(tmp_path: Path) -> None:
    first = studio_key(tmp_path, now=NOW)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    late = first.not_after - timedelta(days=6)
    second = studio_key(tmp_path, now=late)
    assert second.not_after > late + timedelta(days=360)
    after = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert before.items() <= after.items()
    assert len(after) == len(before) + 1


def test_many_first_uses_at_once_agree_on_one_root(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made_at_once = list(pool.map(lambda _: studio_key(tmp_path, now=NOW), range(8)))
    authority = certificate_in(tmp_path / "root.pem")
    for identity in made_at_once:
        leaf = x509.load_pem_x509_certificates(identity.chain.encode())[0]
        leaf.verify_directly_issued_by(authority)


def test_the_certificate_of_the_root_may_be_given_away(tmp_path: Path) -> None:
    assert studio_root(tmp_path) is None
    studio_key(tmp_path, now=NOW)
    root = studio_root(tmp_path)
    assert root is not None
    assert certificate_in(root) == certificate_in(tmp_path / "root.pem")
    assert b"PRIVATE" not in root.read_bytes()


def test_a_damaged_key_file_is_a_sentence(tmp_path: Path) -> None:
    studio_key(tmp_path, now=NOW)
    next(tmp_path.glob("leaf-*.pem")).write_text("not a key any more")
    with pytest.raises(NotConfigured, match="not a PEM file with a private key"):
        studio_key(tmp_path, now=NOW)


def test_a_place_that_is_no_folder_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("a file")
    with pytest.raises(StorageError):
        studio_key(tmp_path / "keys", now=NOW)


def bad(reason: str) -> tuple[bytes, bytes, str]:
    """Return a chain, a key and the words that must say what is wrong with them."""
    key, above = papers.new_key(), papers.root(NOW)
    other = papers.certificate(papers.new_key(), NOW, above)
    cases: dict[str, tuple[dict[str, Any], str]] = {
        "no purpose": ({"purposes": ()}, "names no purpose"),
        "code signing": ({"purposes": (ExtendedKeyUsageOID.CODE_SIGNING,)}, "another purpose"),
        "authority": ({"authority": True, "uses": ("digital_signature",)}, "is an authority"),
        "no signatures": ({"uses": ("key_agreement",)}, "does not allow digital signatures"),
        "no issuer": ({"names_issuer": False}, "does not say who issued it"),
        "expired": ({"begins": timedelta(days=-400)}, "expired on"),
        "future": ({"begins": timedelta(days=2)}, "not valid before"),
    }
    if reason in cases:
        options, words = cases[reason]
        return (
            papers.pem(papers.certificate(key, NOW, above, **options)),
            papers.key_pem(key),
            words,
        )
    good = papers.certificate(key, NOW, above)
    return {
        "another key": (papers.pem(other), papers.key_pem(key), "do not belong together"),
        "root only": (papers.pem(above[0]), papers.key_pem(key), "do not belong together"),
        "locked": (papers.pem(good), papers.key_pem(key, password=b"x"), "locked with a password"),
        "no PEM": (b"\x30\x82\x01", papers.key_pem(key), "not a PEM file with certificates"),
        "no key": (papers.pem(good), b"hello", "not a PEM file with a private key"),
        "no chain": (papers.pem(good, other), papers.key_pem(key), "do not form a chain"),
        "key last": (papers.pem(*_upside_down()), papers.key_pem(_TURNED), "must come first"),
    }[reason]


_TURNED = papers.new_key()


def _upside_down() -> tuple[x509.Certificate, x509.Certificate]:
    """Return two certificates, the second the issuer of the first and the one with our key."""
    upper = papers.certificate(_TURNED, NOW, called="Upper", authority=True, names_issuer=False)
    return papers.certificate(papers.new_key(), NOW, (upper, _TURNED)), upper


@pytest.mark.parametrize(
    "reason",
    [
        *("no purpose", "code signing", "authority", "no signatures", "no issuer", "expired"),
        *("future", "another key", "root only", "locked", "no PEM", "no key", "no chain"),
        "key last",
    ],
)
def test_a_wrong_certificate_is_a_sentence_before_anything_is_signed(
    tmp_path: Path, reason: str
) -> None:
    chain, key, words = bad(reason)
    (tmp_path / "chain.pem").write_bytes(chain)
    (tmp_path / "key.pem").write_bytes(key)
    with pytest.raises(NotConfigured, match=words) as told:
        identity_from_files(tmp_path / "chain.pem", tmp_path / "key.pem", now=NOW)
    assert told.value.next_step
    assert str(tmp_path) in told.value.where


def test_a_missing_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(NotConfigured, match="cannot be read"):
        identity_from_files(tmp_path / "chain.pem", tmp_path / "key.pem", now=NOW)


@pytest.mark.parametrize("kind", ["k256", "rsa1024"])
def test_a_key_that_c2pa_has_no_signature_for_is_a_sentence(tmp_path: Path, kind: str) -> None:
    key = papers.new_key(kind)
    chain = papers.pem(papers.certificate(key, NOW, papers.root(NOW)))
    (tmp_path / "chain.pem").write_bytes(chain)
    (tmp_path / "key.pem").write_bytes(papers.key_pem(key))
    with pytest.raises(NotConfigured, match="No C2PA signature fits"):
        identity_from_files(tmp_path / "chain.pem", tmp_path / "key.pem", now=NOW)


def test_an_algorithm_that_the_key_cannot_do_is_a_sentence(tmp_path: Path) -> None:
    key = papers.new_key("p384")
    (tmp_path / "chain.pem").write_bytes(papers.pem(papers.certificate(key, NOW, papers.root(NOW))))
    (tmp_path / "key.pem").write_bytes(papers.key_pem(key))
    with pytest.raises(NotConfigured, match="cannot sign with es256; it signs with es384"):
        identity_from_files(tmp_path / "chain.pem", tmp_path / "key.pem", "es256", now=NOW)


@pytest.mark.parametrize("kind", ["p256", "p384", "p521", "ed25519", "rsa2048"])
def test_a_chain_of_ones_own_signs(studio: Studio, kind: str) -> None:
    key, above = papers.new_key(kind), papers.root(NOW)
    (studio.folder / "chain.pem").write_bytes(
        papers.pem(papers.certificate(key, NOW, above), above[0])
    )
    (studio.folder / "key.pem").write_bytes(papers.key_pem(key))
    identity = identity_from_files(studio.folder / "chain.pem", studio.folder / "key.pem", now=NOW)
    assert not identity.home_made
    mine = replace(studio, key=identity, root=papers.pem(above[0]).decode())
    signed = mine.sign(mine.picture("drawn.png"), "signed.png", made("sheet")).path
    assert read(signed, mine.root).get_validation_state() == "Trusted"
    assert second_opinion(signed, mine.root)["integrity"] == "valid"


def test_an_older_form_of_key_is_taken_as_it_is(studio: Studio) -> None:
    key, above = papers.new_key(), papers.root(NOW)
    (studio.folder / "chain.pem").write_bytes(papers.pem(papers.certificate(key, NOW, above)))
    (studio.folder / "key.pem").write_bytes(papers.key_pem(key, papers.SEC1))
    assert b"BEGIN EC PRIVATE KEY" in (studio.folder / "key.pem").read_bytes()
    identity = identity_from_files(studio.folder / "chain.pem", studio.folder / "key.pem", now=NOW)
    signed = replace(studio, key=identity).sign(
        studio.picture("drawn.png"), "signed.png", made("sheet")
    )
    assert read(signed.path, papers.pem(above[0]).decode()).get_validation_state() == "Trusted"


def test_a_key_that_is_kept_elsewhere_signs_without_coming_here(studio: Studio) -> None:
    key, above = papers.new_key(), papers.root(NOW)
    asked: list[bytes] = []

    def elsewhere(data: bytes) -> bytes:
        asked.append(data)
        return key.sign(data, ec.ECDSA(hashes.SHA256()))

    chain = papers.pem(papers.certificate(key, NOW, above), above[0])
    identity = identity_from_callback(elsewhere, chain, now=NOW)
    assert (identity.key, identity.alg) == (b"", "es256")
    source = studio.picture("drawn.png")
    signed = sign(source, studio.folder / "signed.png", made("sheet"), identity, now=NOW)
    assert len(asked) == 1
    assert read(signed.path, papers.pem(above[0]).decode()).get_validation_state() == "Trusted"


def test_a_chain_for_a_key_elsewhere_is_looked_at_too() -> None:
    late = papers.certificate(papers.new_key(), NOW, papers.root(NOW), begins=timedelta(days=-400))
    with pytest.raises(NotConfigured, match="expired on"):
        identity_from_callback(lambda data: data, papers.pem(late), now=datetime.now(UTC))
