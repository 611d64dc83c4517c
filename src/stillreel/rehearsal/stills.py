"""Still models: their sizes, tokens and prices, wherever they are sold."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, cast

from stillreel.rehearsal import form
from stillreel.rehearsal.job import Order
from stillreel.rehearsal.wire import Denied

if TYPE_CHECKING:
    from collections.abc import Mapping

    from stillreel.rehearsal.terms import Terms

EDGES = {
    "gpt-image-2": {"low": 16, "medium": 48, "high": 96},
    "gpt-image-2.5": {"low": 16, "medium": 24, "high": 48, "xhigh": 64, "max": 96},
}
"""Tokens along the longer side, by model family and quality."""
_GOOGLE_16_9 = {"512": (688, 384), "1K": (1376, 768), "2K": (2752, 1536), "4K": (5504, 3072)}
_GOOGLE_SIDE = {"512": 512, "1K": 1024, "2K": 2048, "4K": 4096}
_REPLICATE_SIZES = {
    "1:1": (1024, 1024),
    "3:2": (1536, 1024),
    "2:3": (1024, 1536),
    "4:3": (1536, 1152),
    "3:4": (1152, 1536),
    "16:9": (2048, 1152),
    "9:16": (1152, 2048),
    "1024x1024": (1024, 1024),
    "1536x1024": (1536, 1024),
    "1024x1536": (1024, 1536),
    "1536x1152": (1536, 1152),
    "1152x1536": (1152, 1536),
    "2048x2048": (2048, 2048),
    "2048x1152": (2048, 1152),
    "1152x2048": (1152, 2048),
    "3840x2160": (3840, 2160),
    "2160x3840": (2160, 3840),
}
"""What GPT Image takes as `aspect_ratio` at Replicate; what a ratio is in pixels is made up."""
GOOGLE_RATIOS = ("1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9")


def output_tokens(model: str, quality: str, width: int, height: int) -> int:
    """Return the tokens one picture of a GPT Image model is billed by.

    Raises:
        KeyError: the model has no such quality.
    """
    family = "gpt-image-2" if model.startswith("gpt-image-2-") or model == "gpt-image-2" else ""
    edge = EDGES[family or "gpt-image-2.5"][quality]
    short = round(edge * min(width, height) / max(width, height))
    return math.ceil(edge * short * (2_000_000 + width * height) / 4_000_000)


def input_tokens(width: int, height: int) -> int:
    """Return the tokens one reference picture is billed by."""
    return min(math.ceil(width / 32) * math.ceil(height / 32), 1536)


def text_tokens(prompt: str) -> int:
    """Return about as many tokens as a text has."""
    return max(1, len(prompt) // 4)


def check_size(width: int, height: int) -> None:
    """Hold a size against the rules of GPT Image.

    Raises:
        Denied: a side, the ratio or the area is outside.
    """
    if width % 16 or height % 16:
        raise Denied("invalid", "Width and height must be divisible by 16.", "size")
    if max(width, height) > 3840 or max(width, height) > 3 * min(width, height):
        raise Denied("invalid", "The size is too long for one side.", "size")
    if not 655_360 <= width * height <= 8_294_400:
        raise Denied("invalid", "The size has too few or too many pixels.", "size")


def google_size(ratio: str, size: str) -> tuple[int, int]:
    """Return the pixels of a Nano Banana picture: its own table, never what was asked for."""
    if ratio == "16:9":
        return _GOOGLE_16_9[size]
    if ratio == "9:16":
        width, height = _GOOGLE_16_9[size]
        return height, width
    wide, tall = (int(part) for part in ratio.split(":"))
    side = _GOOGLE_SIDE[size]
    width = round(side * math.sqrt(wide / tall) / 16) * 16
    return width, round(width * tall / wide / 16) * 16


def fal_still(model: Terms, endpoint: str, body: Mapping[str, Any]) -> Order:
    """Read an order for pictures as fal takes it.

    Raises:
        Denied: a field is not published, or holds what it may not.
    """
    prompt = form.text(body, "prompt")
    count = form.whole(body, "num_images", 1, 4, 1)
    pictures = [form.picture(one, "image_urls")[0] for one in form.listed(body, "image_urls", 16)]
    if endpoint.endswith("/edit") and not pictures:
        raise Denied("missing", "image_urls is required", "image_urls")
    shared = {"prompt", "num_images", "image_urls", "output_format"}
    kind = form.choice(body, "output_format", ("png", "jpeg", "webp"), "png")
    if endpoint.startswith("openai/"):
        form.only(body, shared | {"image_size", "quality"})
        width, height = _fal_size(body)
        quality = form.choice(body, "quality", ("low", "medium", "high"), "high")
        units = output_tokens("gpt-image-2", quality, width, height) * count
        micros = model.micros("*", units)
    else:
        form.only(body, shared | {"aspect_ratio", "resolution", "seed"})
        ratio = form.choice(body, "aspect_ratio", GOOGLE_RATIOS, "1:1")
        size = form.choice(body, "resolution", tuple(model.price), "1K")
        width, height = google_size(ratio, size)
        units = count
        micros = model.micros(size, count)
    return Order(
        model=endpoint,
        width=width,
        height=height,
        micros=micros,
        units=units,
        prompt=prompt,
        count=count,
        form=kind,
        pictures=tuple(pictures),
        told=dict(body),
    )


def replicate_still(model: Terms, held: Mapping[str, Any]) -> Order:
    """Read an order for one picture as Replicate takes it.

    Raises:
        Denied: a field is not published, or holds what it may not.
    """
    prompt, shared = form.text(held, "prompt"), {"prompt", "aspect_ratio", "output_format"}
    if model.id.startswith("openai/"):
        name, kinds, kind = "input_images", ("png", "jpeg", "webp"), "webp"
        form.only(held, shared | {name, "quality", "number_of_images", "moderation"})
        form.whole(held, "number_of_images", 1, 1, 1)
        tier = form.choice(held, "quality", tuple(model.price), "auto")
        size = _REPLICATE_SIZES[form.choice(held, "aspect_ratio", tuple(_REPLICATE_SIZES), "1:1")]
    else:
        name, kinds, kind = "image_input", ("jpg", "png"), "jpg"
        form.only(held, shared | {name, "resolution", "safety_filter_level"})
        tier = form.choice(held, "resolution", tuple(model.price), "2K")
        size = google_size(form.choice(held, "aspect_ratio", GOOGLE_RATIOS, "1:1"), tier)
    sent = [form.picture(one, name)[0] for one in form.listed(held, name, model.references)]
    kind = form.choice(held, "output_format", kinds, kind)
    return Order(
        model=model.id,
        width=size[0],
        height=size[1],
        micros=model.micros(tier, 1),
        units=1,
        prompt=prompt,
        form={"jpg": "jpeg"}.get(kind, kind),
        pictures=tuple(sent),
        told=dict(held),
    )


def _fal_size(body: Mapping[str, Any]) -> tuple[int, int]:
    held = body.get("image_size", "landscape_16_9")
    presets = {
        "square_hd": (1024, 1024),
        "landscape_16_9": (1536, 864),
        "portrait_16_9": (864, 1536),
    }
    if isinstance(held, str) and held in presets:
        return presets[held]
    if not isinstance(held, dict):
        raise Denied("invalid", "image_size is neither a preset nor a size", "image_size")
    size = cast("dict[str, Any]", held)
    form.only(size, ("width", "height"), "image_size.")
    width = form.whole(size, "width", 16, 3840, 1024)
    height = form.whole(size, "height", 16, 3840, 1024)
    check_size(width, height)
    return width, height
