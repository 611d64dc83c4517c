"""A digest names bytes, and everything that made a take."""

from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillreel.values import digest
from stillreel.values.scene import Identity, Performer


def test_the_digest_of_bytes_is_the_published_sha256() -> None:
    # FIPS 180-2, appendix B.1
    known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert digest.of_bytes(b"abc") == known


def test_a_seed_follows_from_what_a_thing_is() -> None:
    assert digest.seed_of("C01", 1) == digest.seed_of("C01", "1") < 1 << 32
    assert len({digest.seed_of("C01", 1), digest.seed_of("C01", 2), digest.seed_of("C0", 11)}) == 3


def test_a_file_has_the_digest_of_its_bytes(tmp_path: Path) -> None:
    data = b"frame" * 500_000
    (tmp_path / "clip").write_bytes(data)
    assert digest.of_file(tmp_path / "clip") == digest.of_bytes(data)


@given(st.dictionaries(st.text(max_size=5), st.integers(), max_size=6))
def test_the_order_of_keys_does_not_matter(value: dict[str, int]) -> None:
    turned = dict(reversed(value.items()))
    assert digest.of_value(value) == digest.of_value(turned)


@given(st.lists(st.text(max_size=4), max_size=4), st.lists(st.text(max_size=4), max_size=4))
def test_joints_between_parts_are_unambiguous(first: list[str], second: list[str]) -> None:
    assert (digest.of_parts(first) == digest.of_parts(second)) == (first == second)


def test_every_attribute_of_an_identity_counts() -> None:
    mara = Identity(id="mara", name="Mara")
    assert digest.of_value(mara) == digest.of_value(mara.model_copy())
    assert digest.of_value(mara) != digest.of_value(mara.model_copy(update={"height_m": 1.73}))
    assert digest.of_value(Performer(id="mara")) != digest.of_value(Performer(id="mara", at=0.1))


@dataclass(frozen=True)
class _Plate:
    digest: str
    length: Fraction
    file: Path = field(compare=False)


def test_where_a_file_lies_is_not_part_of_what_it_is() -> None:
    here = _Plate("ab", Fraction(1, 3), Path("/here"))
    there = _Plate("ab", Fraction(1, 3), Path("/there"))
    longer = _Plate("ab", Fraction(2, 3), Path("/here"))
    assert digest.of_value(here) == digest.of_value(there)
    assert digest.of_value(here) != digest.of_value(longer)


def test_a_value_without_a_canonical_form_is_refused() -> None:
    with pytest.raises(TypeError, match="canonical"):
        digest.of_value(object())
