"""A still and a clip with texture in them, and the matrix of both, made once."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from stillreel.draw.motion.encode import Encoder
from stillreel.trail.survival.matrix import survey
from stillreel.trail.survival.nouns import Sample

if TYPE_CHECKING:
    from pathlib import Path

    from stillreel.trail.survival.nouns import Subject

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
WIDTH, HEIGHT = 640, 360


def texture(shift: int = 0) -> np.ndarray:
    """Return hills and grass, (HEIGHT, WIDTH), moved to the side by `shift` pixels."""
    across, down = np.meshgrid(np.arange(WIDTH) + shift, np.arange(HEIGHT))
    hills = 120 + 40 * np.sin(across / 47 + down / 90) + 20 * np.sin(down / 23)
    grass = np.random.default_rng(7).normal(0, 3, (HEIGHT, WIDTH))
    return np.clip(hills + grass, 16, 235).astype(np.uint8)


def write_clip(path: Path, frames: int, fps: int = 24) -> Path:
    encoder = Encoder(WIDTH, HEIGHT, fps, "publish")
    for number in range(frames):
        planes = np.full((HEIGHT * 3 // 2, WIDTH), 128, np.uint8)
        planes[:HEIGHT] = texture(number)
        encoder.add(planes)
    path.write_bytes(encoder.finish())
    return path


@pytest.fixture(scope="package")
def still(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("still") / "hills.png"
    cv2.imwrite(str(path), cv2.cvtColor(texture(), cv2.COLOR_GRAY2BGR))
    return path


@pytest.fixture(scope="package")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_clip(tmp_path_factory.mktemp("clip") / "hills.mp4", 30)


@pytest.fixture(scope="package")
def of_still(still: Path) -> Subject:
    return next(survey([Sample("hills", still)], (), NOW, lambda _: None))


@pytest.fixture(scope="package")
def of_clip(clip: Path) -> Subject:
    return next(survey([Sample("hills", clip)], (), NOW, lambda _: None))
