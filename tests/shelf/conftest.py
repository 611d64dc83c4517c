"""What several tests of the shelf stand on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from stillreel.shelf.diffusers import loading

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def one_thread_and_nothing_left_loaded() -> Iterator[None]:
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)
    loading.release()
