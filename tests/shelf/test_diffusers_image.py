"""The front-end of open weights, on weights of a few kilobytes."""

from __future__ import annotations

import asyncio
import io
from dataclasses import replace
from pathlib import Path
from shutil import copytree
from typing import Any

import cv2
import numpy as np
import pytest

from stillreel.errors import NotConfigured, ProviderError, Refused
from stillreel.providers import conformance, registry
from stillreel.providers.ask import Reference, StillAsk
from stillreel.providers.seam import Still
from stillreel.shelf.diffusers import image, loading
from stillreel.shelf.diffusers.__main__ import main as fetch
from stillreel.shelf.diffusers.image import DiffusersImage
from stillreel.values.digest import of_bytes

pytest.importorskip("torch")
pytest.importorskip("diffusers")
pytest.importorskip("transformers")
pytest.importorskip("accelerate")
tinyweights = pytest.importorskip("tinyweights")
pytestmark = pytest.mark.usefixtures("one_thread_and_nothing_left_loaded")

OFFER = """
[[model]]
label = "tiny"
id = "{folder}"
chance = false
references_max = 3
reference_syntax = "image {{n}}"
canvas = {{ step = 16, longest = 256, ratio = 3.0, area = [4096, 16384] }}
weights = {{ pipeline = "{pipeline}", licence = "made in a test", steps = 2 }}
"""


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tinyweights.klein(tmp_path_factory.mktemp("weights") / "klein")


def provider(folder: Path, weights: Path, pipeline: str = "Flux2KleinPipeline") -> DiffusersImage:
    file = folder / f"{weights.name}.toml"
    file.write_text(OFFER.format(folder=weights, pipeline=pipeline), "utf-8")
    return DiffusersImage("tiny", file)


@pytest.fixture
def made(tmp_path: Path, weights: Path) -> DiffusersImage:
    return provider(tmp_path, weights)


def painted(folder: Path, name: str, colour: tuple[int, int, int]) -> Reference:
    file = folder / f"{name}.png"
    cv2.imwrite(str(file), np.full((64, 80, 3), colour, np.uint8))
    return Reference("identity-face", name, of_bytes(file.read_bytes()), file)


@pytest.fixture
def ask(tmp_path: Path) -> StillAsk:
    pair = (painted(tmp_path, "mara", (20, 20, 220)), painted(tmp_path, "tom", (220, 160, 20)))
    return StillAsk("C01", "board", "image 1 meets image 2", 96, 64, 7, 1, references=pair)


def drawn(able: DiffusersImage, ask: StillAsk) -> bytes:
    return asyncio.run(able.submit(ask, "key-1")).files[0].data


def test_it_is_a_free_front_end_of_this_machine_that_tells_the_licence(
    made: DiffusersImage,
) -> None:
    assert isinstance(made, Still)
    assert made.offer.local
    assert made.offer.alone
    assert made.status().state == "ready"
    assert "made in a test" in made.status().reason


@pytest.mark.parametrize("check", conformance.checks(DiffusersImage().offer), ids=conformance.name)
def test_it_keeps_the_promises_of_the_seam(check: Any, made: DiffusersImage, ask: StillAsk) -> None:
    asyncio.run(check(conformance.Rig(make=lambda: made, ask=ask)))


def test_the_same_ask_gives_the_same_bytes_and_another_seed_others(
    made: DiffusersImage, ask: StillAsk
) -> None:
    once = drawn(made, ask)
    assert drawn(made, ask) == once
    assert drawn(made, replace(ask, seed=8)) != once
    assert drawn(made, replace(ask, prompt="image 2 leaves image 1")) != once


def test_references_reach_the_model_in_the_order_of_the_ask(
    made: DiffusersImage, ask: StillAsk
) -> None:
    first, second = ask.references
    once = drawn(made, ask)
    assert drawn(made, replace(ask, references=(second, first))) != once
    assert drawn(made, replace(ask, references=(first,))) != once
    assert drawn(made, replace(ask, references=())) != once


def test_a_picture_has_the_size_nearest_above_the_ask_that_the_model_draws(
    made: DiffusersImage, ask: StillAsk
) -> None:
    data = drawn(made, replace(ask, width=90, height=60, references=()))
    assert cv2.imdecode(np.frombuffer(data, np.uint8), 1).shape == (64, 96, 3)
    with pytest.raises(Refused, match="longer side"):
        drawn(made, replace(ask, width=400, height=40))


def test_a_model_stays_loaded_until_another_is_asked(
    made: DiffusersImage, ask: StillAsk, tmp_path: Path
) -> None:
    drawn(made, ask)
    (held,) = loading._held.values()
    drawn(made, replace(ask, seed=3))
    assert next(iter(loading._held.values())) is held
    other = provider(tmp_path, tinyweights.klein(tmp_path / "other", seed=1))
    assert drawn(other, ask) != drawn(made, ask)
    drawn(other, ask)
    assert [key[0] for key in loading._held] == [str(tmp_path / "other")]


def test_too_many_references_are_refused_before_anything_is_loaded(
    made: DiffusersImage, ask: StillAsk
) -> None:
    with pytest.raises(Refused, match="carries 4 pictures"):
        drawn(made, replace(ask, references=ask.references * 2))


def test_weights_that_are_not_here_are_told_with_licence_and_size(ask: StillAsk) -> None:
    reason = DiffusersImage("klein-9b").status().reason
    assert "FLUX.2-klein-9B (FLUX Non-Commercial, about 35 GB) are not here" in reason
    assert "python -m stillreel.shelf.diffusers black-forest-labs/FLUX.2-klein-9B" in reason
    with pytest.raises(NotConfigured, match="are not here"):
        drawn(DiffusersImage("klein-9b"), replace(ask, width=1024, height=576))


def test_weights_that_are_half_here_are_told(weights: Path, tmp_path: Path) -> None:
    half = tmp_path / "half"
    half.mkdir()
    (half / "model_index.json").write_bytes((weights / "model_index.json").read_bytes())
    status = provider(tmp_path, half).status()
    assert status.state == "not configured"
    assert status.reason == f"the weights (made in a test) are not all here: put them into {half}"


@pytest.mark.parametrize(
    "part", ["vae/diffusion_pytorch_model.safetensors", "text_encoder/model.safetensors"]
)
def test_weights_that_are_spoilt_are_told_in_a_sentence(
    part: str, tmp_path: Path, weights: Path, ask: StillAsk
) -> None:
    spoilt = Path(copytree(weights, tmp_path / "spoilt"))
    (spoilt / part).write_bytes(b"no weights")
    with pytest.raises((NotConfigured, ProviderError)) as found:
        drawn(provider(tmp_path, spoilt), ask)
    assert found.value.next_step
    assert "spoilt" in found.value.what


def test_nothing_is_fetched_without_a_yes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("\n"))
    assert fetch(["somebody/some-model"]) == 1
    assert "Nothing was fetched" in capsys.readouterr().err
    assert fetch([]) == 2


def test_a_pipeline_that_is_not_known_is_told_with_those_that_are(
    tmp_path: Path, weights: Path
) -> None:
    with pytest.raises(NotConfigured, match="OddPipeline") as found:
        provider(tmp_path, weights, "OddPipeline").status()
    assert "Flux2KleinPipeline" in found.value.next_step


def test_a_missing_part_of_the_extra_is_told_with_what_installs_it(
    monkeypatch: pytest.MonkeyPatch, made: DiffusersImage
) -> None:
    monkeypatch.setattr(loading, "EXTRA", ("torch", "no_such_library"))
    status = made.status()
    assert status.state == "not configured"
    assert status.reason == "no_such_library not installed; pip install 'stillreel[local]'"


def test_a_full_memory_is_told_in_a_sentence(made: DiffusersImage, ask: StillAsk) -> None:
    import torch

    with (
        pytest.raises(ProviderError, match="does not fit into the memory") as found,
        loading.running(made.offer, ask.subject),
    ):
        raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB.")
    assert "smaller" in found.value.next_step
    assert not loading._held


def test_a_model_that_only_edits_wants_a_picture(ask: StillAsk) -> None:
    with pytest.raises(Refused, match="draws only from pictures"):
        drawn(DiffusersImage("qwen-edit"), replace(ask, width=1024, height=576, references=()))


def test_a_user_names_a_model_of_their_own_and_a_worker_finds_it(
    tmp_path: Path, weights: Path, ask: StillAsk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from stillreel.engine.hands import Hands, perform

    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    offers = tmp_path / "offers"
    offers.mkdir()
    text = OFFER.format(folder=weights, pipeline="Flux2KleinPipeline")
    (offers / "diffusers-image.toml").write_text(text, "utf-8")
    before = registry.own_offers()
    registry.offers_from(offers)
    hands = Hands(2)
    try:
        name = "diffusers-image:tiny"
        assert registry.still(name).offer.weights is not None
        job, files = asyncio.run(hands.lone.do(perform, name, "still", ask, "key-1"))
    finally:
        hands.close()
        registry.offers_from(before or tmp_path / "nowhere")
    assert job.state == "succeeded"
    assert files[0].data == drawn(provider(tmp_path, weights), ask)


def test_the_pipeline_of_edits_takes_references_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real pipeline of the Qwen kind, with a processor that needs no torchvision."""
    from diffusers.pipelines.qwenimage import pipeline_qwenimage_edit_plus as library

    # it reads references at a million pixels, which takes minutes even of a network this small
    monkeypatch.setattr(library, "VAE_IMAGE_SIZE", 64 * 64)
    pipe = tinyweights.qwen_edit()
    told = loading.weights(DiffusersImage("qwen-edit").offer)
    import torch
    from PIL import Image

    red, blue = (Image.new("RGB", (64, 64), colour) for colour in ("red", "blue"))

    def made(*pictures: Any) -> bytes:
        with torch.no_grad():
            return (
                pipe(
                    prompt="Picture 1 meets Picture 2",
                    width=32,
                    height=32,
                    num_inference_steps=1,
                    generator=loading.generator(5),
                    **image._qwen(told, list(pictures)),
                )
                .images[0]
                .tobytes()
            )

    assert made(red, blue) == made(red, blue)
    assert made(red, blue) != made(blue, red)
