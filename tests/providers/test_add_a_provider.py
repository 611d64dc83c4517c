"""The page on adding a provider is true: its package is built, listed, and keeps its promises."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from commandline import stillreel
from stillreel.providers import conformance
from stillreel.shelf.ltx import Ltx

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "examples" / "woodcut"
BLOCKS: list[tuple[str, str]] = re.findall(
    r"```\w+\n# (\S+)\n(.*?)```", (ROOT / "docs" / "add-a-provider.md").read_text(), re.DOTALL
)
SECRET = "woodcut-planted-7Hq2ZtPf"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package as an installer leaves it, beside the sources it was made of."""
    for tool in ("pip", "hatchling"):
        if find_spec(tool) is None:
            pytest.skip(f"needs {tool}")
    folder = tmp_path_factory.mktemp("woodcut")
    shutil.copytree(PACKAGE, folder / "source", ignore=shutil.ignore_patterns("__pycache__"))
    quiet = ("--quiet", "--disable-pip-version-check", "--no-index", "--no-cache-dir")
    alone = ("--no-deps", "--no-build-isolation", "--target", str(folder / "site"))
    words = [sys.executable, "-m", "pip", "install", *quiet, *alone, str(folder / "source")]
    subprocess.run(words, check=True, timeout=120, cwd=folder)
    return folder


@pytest.mark.parametrize(("name", "text"), BLOCKS, ids=[name for name, _ in BLOCKS])
def test_each_block_of_the_page_is_a_file_of_the_package(name: str, text: str) -> None:
    assert (PACKAGE / name).read_text() == text


def test_the_page_shows_every_file_that_a_provider_costs() -> None:
    files = [path for path in PACKAGE.rglob("*.*") if path.suffix in {".py", ".toml"}]
    assert {path.relative_to(PACKAGE).as_posix() for path in files} == {name for name, _ in BLOCKS}


def test_a_provider_costs_one_module_one_offers_file_one_line_and_a_test_of_five() -> None:
    (module,) = PACKAGE.rglob("src/**/*.py")
    (offers,) = PACKAGE.rglob("src/**/*.toml")
    assert module.parent == offers.parent
    points = tomllib.loads((PACKAGE / "pyproject.toml").read_text())["project"]["entry-points"]
    assert points == {"stillreel.providers": {"woodcut": "stillreel_woodcut:Woodcut"}}
    test = (PACKAGE / "tests" / "test_woodcut.py").read_text().partition("import bench\n")[2]
    assert len([line for line in test.splitlines() if line]) == 5


def test_it_is_listed_with_its_models_and_says_what_it_lacks(site: Path) -> None:
    lacking = listed(site)
    assert {"woodcut", "woodcut:rough"} <= set(lacking)
    assert lacking["woodcut"]["state"] == "not configured"
    assert lacking["woodcut"]["reason"] == "no key: set WOODCUT_API_KEY"
    ready = listed(site, WOODCUT_API_KEY=SECRET)["woodcut:rough"]
    assert (ready["state"], ready["model"]) == ("ready", "woodcut-2-rough")


def listed(site: Path, **environment: str) -> dict[str, Any]:
    said = stillreel("providers", "--json", PYTHONPATH=str(site / "site"), **environment)
    assert SECRET not in said.out + said.err
    return {row["id"]: row for row in json.loads(said.out)["providers"]}


def test_its_own_test_tries_every_promise_of_the_kit(site: Path) -> None:
    seen = {**os.environ, "PYTHONPATH": str(site / "site")}
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-W", "error"]
    done = subprocess.run(
        words,
        check=False,
        cwd=site / "source",
        env=seen,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout
    assert f"{len(conformance.checks(Ltx().offer))} passed" in done.stdout
