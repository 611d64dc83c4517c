"""Where a model runs, and in which precision: known before any library is loaded."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib import resources

import pytest

from stillreel.providers import registry
from stillreel.providers.offer import Offer, load
from stillreel.shelf.diffusers.loading import device, in_turns, precision


@pytest.mark.parametrize(
    ("cuda", "mps", "wanted"),
    [(True, False, "cuda"), (True, True, "cuda"), (False, True, "mps"), (False, False, "cpu")],
)
def test_a_card_is_taken_before_apples_gpu_and_that_before_the_processor(
    cuda: bool, mps: bool, wanted: str
) -> None:
    assert device(cuda=cuda, mps=mps) == wanted


def test_a_gpu_computes_in_half_the_width_and_a_processor_in_full() -> None:
    assert precision("cuda", bfloat16=True) == "bfloat16"
    assert precision("cuda", bfloat16=False) == "float16"
    assert precision("mps", bfloat16=False) == "bfloat16"
    assert precision("cpu", bfloat16=True) == "float32"


def test_a_model_larger_than_the_card_takes_turns_there() -> None:
    assert in_turns("cuda", 12.0, 18.0)
    assert not in_turns("cuda", 24.0, 18.0)
    assert not in_turns("cuda", 12.0, 0.0)
    assert not in_turns("cpu", 0.0, 18.0)


def test_the_providers_are_listed_without_loading_torch() -> None:
    told = (
        "import sys; from stillreel.providers import registry; registry.listed(); "
        "print(sorted({'torch', 'diffusers', 'transformers'} & sys.modules.keys()))"
    )
    found = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


@pytest.mark.parametrize("name", ["diffusers-image", "diffusers-video"])
def test_every_figure_has_a_source_and_every_model_its_licence(name: str) -> None:
    text = resources.files("stillreel.shelf.diffusers").joinpath(f"{name}.offers.toml").read_text()
    held = tomllib.loads(text)
    plain = {"provider", "dated", "makes", "version", "experimental", "local", "alone", "sources"}
    plain |= {"model", "label", "id", "reads", "reference_syntax", "price_usd"}
    figures = set(held) | {key for model in held["model"] for key in model}
    for label in registry.labels(text):
        offer = load("stillreel.shelf.diffusers", name, label)
        told = {figure for source in offer.sources for figure in source.figures}
        assert figures - plain <= told <= set(Offer.model_fields)
        assert offer.weights is not None
        assert offer.weights.licence
        assert offer.price_usd == "0"
