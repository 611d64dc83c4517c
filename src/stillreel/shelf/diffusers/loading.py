"""Weights into memory: on which device, in which precision, from where, and one model at a time."""

from __future__ import annotations

import gc
import json
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from stillreel.errors import NotConfigured, ProviderError
from stillreel.providers.seam import Status

if TYPE_CHECKING:
    from collections.abc import Generator

    from stillreel.providers.figures import Weights
    from stillreel.providers.offer import Offer

Device = Literal["cuda", "mps", "cpu"]
Precision = Literal["bfloat16", "float16", "float32"]

EXTRA = ("accelerate", "diffusers", "ftfy", "torch", "transformers")
"""Modules of the extra `local`."""
INSTALL = "pip install 'stillreel[local]'"
_INDEX = "model_index.json"
_FULL = ("out of memory", "can't allocate memory", "not enough memory")
"""What libraries say when memory is full, in errors that have no class of their own."""
_held: dict[tuple[str, str, str], Any] = {}
"""The one pipeline that is loaded, by repository, revision and class."""


def device(*, cuda: bool, mps: bool) -> Device:
    """Return where a model runs: a CUDA card, else Apple's GPU, else the processor."""
    return "cuda" if cuda else "mps" if mps else "cpu"


def precision(on: Device, *, bfloat16: bool) -> Precision:
    """Return the type of its numbers: half as wide on a GPU, whole on a processor.

    Args:
        on: where it runs.
        bfloat16: whether a CUDA card computes in it; those that do not take `float16`.
    """
    if on == "cpu":
        return "float32"
    return "bfloat16" if on == "mps" or bfloat16 else "float16"


def in_turns(on: Device, card: float, memory: float) -> bool:
    """Say whether parts of a model wait in main memory until it is their turn.

    Args:
        on: where it runs.
        card: gigabytes the card has.
        memory: gigabytes the whole model takes; 0 where that is not known.
    """
    return on == "cuda" and card < memory


def status(offer: Offer, needs: tuple[str, ...]) -> Status:
    """Say whether a model can run here; its reason names the licence of the weights.

    Args:
        offer: of the model.
        needs: modules it works with besides those of the extra.
    """
    missing = [name for name in (*EXTRA, *needs) if find_spec(name) is None]
    if missing:
        return Status("not configured", f"{', '.join(missing)} not installed; {_installing(needs)}")
    if (why := lacking(offer)) is not None:
        return Status("not configured", why)
    return Status("ready", f"licence of the weights: {weights(offer).licence}")


def weights(offer: Offer) -> Weights:
    """Return what an offer says of its weights.

    Raises:
        NotConfigured: it says nothing.
    """
    if offer.weights is None:
        raise NotConfigured(
            f"The offer of {offer.provider!r} does not say how its weights are run.",
            where="offers file",
            next_step="Give it a table weights; docs/local-models.md shows one.",
        )
    return offer.weights


def lacking(offer: Offer) -> str | None:
    """Return what is missing of the weights on this disk and how to fetch it; None for nothing."""
    told, folder = weights(offer), _folder(offer)
    if folder is not None and _whole(folder):
        return None
    what = "are not all here" if folder else "are not here"
    large = f", about {told.gigabytes:g} GB" if told.gigabytes else ""
    if Path(offer.model).is_absolute():
        return f"the weights ({told.licence}) {what}: put them into {offer.model}"
    revision = "" if told.revision == "main" else f" {told.revision}"
    how = f"python -m stillreel.shelf.diffusers {offer.model}{revision}"
    return f"the weights {offer.model} ({told.licence}{large}) {what}; fetch them with {how}"


def opened(offer: Offer, exact: tuple[str, ...] = ()) -> Any:  # noqa: ANN401 - untyped library
    """Return the pipeline of an offer, loaded once; what was loaded before makes room for it.

    Args:
        offer: of the model.
        exact: parts that are computed in `float32` whatever the rest is.

    Raises:
        NotConfigured: the weights are not here, or cannot be loaded.
    """
    told = weights(offer)
    key = (offer.model, told.revision, told.pipeline)
    if key not in _held:
        release()
        _held[key] = _loaded(offer, told, exact)
    return _held[key]


def release() -> None:
    """Let go of the model that is loaded."""
    _held.clear()
    gc.collect()
    torch = import_module("torch")
    if torch.cuda.is_available():
        torch.cuda.empty_cache()


def generator(seed: int) -> Any:  # noqa: ANN401 - untyped library
    """Return the source of a model's noise: the same on every device."""
    return import_module("torch").Generator("cpu").manual_seed(seed % 2**63)


@contextmanager
def running(offer: Offer, where: str) -> Generator[None]:
    """Tell in a sentence what goes wrong while a model runs.

    Raises:
        ProviderError: the memory is full, or the model fails.
    """
    try:
        yield
    except (MemoryError, RuntimeError, ValueError) as error:
        said = str(error).partition("\n")[0]
        if isinstance(error, MemoryError) or any(one in said.lower() for one in _FULL):
            release()
            raise ProviderError(
                f"{offer.model} does not fit into the memory of this machine.",
                where=where,
                next_step="Ask for a smaller or shorter one, end what else uses the card, or "
                f"name another than {offer.provider} in film.toml.",
            ) from error
        raise ProviderError(
            f"{offer.model} failed: {said}.",
            where=where,
            next_step=f"Check weights in the offer of {offer.provider}, or name another in "
            "film.toml.",
        ) from error


def _installing(needs: tuple[str, ...]) -> str:
    return f"{INSTALL} {' '.join(needs)}".rstrip()


def _folder(offer: Offer) -> Path | None:
    """Return where the weights lie: a folder by name, or the hub's own store on this disk."""
    if (here := Path(offer.model)).joinpath(_INDEX).is_file():
        return here
    if here.is_absolute():
        return None
    hub = import_module("huggingface_hub")
    found = hub.try_to_load_from_cache(offer.model, _INDEX, revision=weights(offer).revision)
    return Path(found).parent if isinstance(found, str) else None


def _whole(folder: Path) -> bool:
    """Say whether every part that a model's index names is there, with all its pieces."""
    index = json.loads(folder.joinpath(_INDEX).read_text("utf-8"))
    parts = [name for name, made in index.items() if isinstance(made, list) and made[0]]
    if not all(folder.joinpath(part).is_dir() for part in parts):
        return False
    for listed in folder.glob("*/*.safetensors.index.json"):
        pieces = json.loads(listed.read_text("utf-8"))["weight_map"].values()
        if not all(listed.with_name(piece).exists() for piece in set(pieces)):
            return False
    return True


def _loaded(offer: Offer, told: Weights, exact: tuple[str, ...]) -> Any:  # noqa: ANN401
    if (why := lacking(offer)) is not None:
        raise NotConfigured(f"{why[0].upper()}{why[1:]}.", where=offer.provider)
    torch, library = import_module("torch"), _quiet()
    made = getattr(library, told.pipeline, None)
    if made is None:
        raise NotConfigured(
            f"The installed diffusers has no {told.pipeline}.",
            where=offer.provider,
            next_step=f"Renew it with {INSTALL}, or mend weights in your offers file.",
        )
    on = device(cuda=torch.cuda.is_available(), mps=torch.backends.mps.is_available())
    usual = precision(on, bfloat16=on != "cuda" or torch.cuda.is_bf16_supported())
    torn = import_module("safetensors").SafetensorError
    types = {"default": getattr(torch, usual), **dict.fromkeys(exact, torch.float32)}
    try:
        with running(offer, offer.provider):
            pipe = made.from_pretrained(
                str(_folder(offer)), dtype=types, local_files_only=True, use_safetensors=True
            )
            return _placed(pipe, on, told.memory)
    except (OSError, TypeError, AttributeError, ImportError, torn) as error:
        said = str(error).partition("\n")[0]
        raise NotConfigured(
            f"{offer.model} cannot be loaded: {said}.",
            where=offer.provider,
            next_step="Fetch it again, or mend weights in your offers file.",
        ) from error


def _placed(pipe: Any, on: Device, memory: float) -> Any:  # noqa: ANN401 - untyped library
    """Bring a pipeline to its device, whole or in turns."""
    pipe.set_progress_bar_config(disable=True)
    card = _card() if on == "cuda" else 0.0
    if not in_turns(on, card, memory):
        return pipe.to(on)
    pipe.enable_model_cpu_offload()
    pipe.vae.enable_tiling()
    return pipe


def _card() -> float:
    """Return the gigabytes of the CUDA card."""
    return import_module("torch").cuda.mem_get_info()[1] / 1e9


def _quiet() -> Any:  # noqa: ANN401 - untyped library
    """Return diffusers, which no longer writes to the terminal."""
    for name in ("diffusers", "transformers"):
        log = import_module(f"{name}.utils.logging")
        log.set_verbosity_error()
        log.disable_progress_bar()
    return import_module("diffusers")
