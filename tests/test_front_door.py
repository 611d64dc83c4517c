"""The front door: every name is there, sorted, and costs nothing until it is used."""

import ast
from pathlib import Path

import pytest

import stillreel


def test_the_names_are_sorted() -> None:
    assert stillreel.__all__ == sorted(stillreel.__all__)


@pytest.mark.parametrize("name", stillreel.__all__)
def test_every_name_can_be_used(name: str) -> None:
    assert getattr(stillreel, name).__name__ == name


def test_what_the_type_checker_sees_is_what_is_loaded() -> None:
    tree = ast.parse(Path(stillreel.__file__).read_text())
    seen = {
        alias.name: node.module.removeprefix("stillreel.")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and "stillreel" in node.module
        for alias in node.names
    }
    assert seen == stillreel._HOME_OF
    assert set(seen) == set(stillreel.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Movie'"):
        _ = stillreel.Movie
