"""What many tests share: a stranger's package, found through the public door."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import stranger
from stillreel.providers import registry

if TYPE_CHECKING:
    from collections.abc import Iterator

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session", autouse=True)
def own_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep keys, offers and caches of tests apart from those of whoever runs them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("own-settings")))
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("own-cache")))
        yield


@pytest.fixture
def strangers(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Install a stranger's package for this test; worker processes see it too."""
    folder = tmp_path_factory.mktemp("site")
    stranger.install(folder)
    monkeypatch.syspath_prepend(str(folder))
    inherited = os.environ.get("PYTHONPATH", "")
    monkeypatch.setenv("PYTHONPATH", f"{folder}{os.pathsep}{inherited}".rstrip(os.pathsep))
    registry.forget()
    yield
    registry.forget()


@pytest.fixture
def shared() -> Path:
    """The folder of shared stories and pictures; tests that need it skip without it."""
    if not SHARED.is_dir():
        pytest.skip("needs ../shared")
    return SHARED
