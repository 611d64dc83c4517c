"""The house stays easy to see: rules of size, names and reference that no linter knows."""

import ast
import re
from pathlib import Path

import pytest

from stillreel.providers import registry

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "stillreel"
MODULES = sorted(SOURCE.rglob("*.py"))
BANNED = {"utils", "util", "helpers", "manager", "service", "common", "base", "pipeline", "misc"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_modules_functions_and_classes_stay_small(path: Path) -> None:
    text = path.read_text()
    assert text.count("\n") <= 500
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            assert (node.end_lineno or 0) - node.lineno <= 60, f"{node.name} is long"
        if isinstance(node, ast.ClassDef):
            assert (node.end_lineno or 0) - node.lineno <= 220, f"{node.name} is large"


def test_no_room_is_called_a_cupboard() -> None:
    assert [path for path in MODULES if path.stem in BANNED or path.parent.name in BANNED] == []


def test_only_the_shelf_and_the_pencil_know_providers_by_name() -> None:
    names = [name for name in registry.names() if re.fullmatch(r"lumen|ink|animatic", name)]
    assert len(names) == 3
    word = re.compile(rf"""["']({"|".join(names)})["']""")
    knowing = {
        path.relative_to(SOURCE).parts[0] for path in MODULES if word.search(path.read_text())
    }
    assert knowing <= {"shelf", "draw"}


def test_the_reference_is_what_the_code_says() -> None:
    import reference

    for name, text in reference.pages().items():
        written = (ROOT / "docs" / "reference" / name).read_text()
        assert written == text, f"run tools/reference.py: docs/reference/{name} has drifted"
