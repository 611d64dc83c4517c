"""The body of an Ark create call, read as strictly as Ark reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from stillreel.rehearsal import form
from stillreel.rehearsal.job import Order
from stillreel.rehearsal.terms import frame_size, tokens
from stillreel.rehearsal.wire import Denied

if TYPE_CHECKING:
    from collections.abc import Mapping

    from stillreel.rehearsal.terms import Terms

_FIELDS = frozenset(
    {"model", "content", "resolution", "ratio", "duration", "seed", "generate_audio"}
    | {"return_last_frame", "watermark", "callback_url", "safety_identifier", "priority"}
    | {"execution_expires_after", "output_format", "tools", "omni_reference_task_type"}
)
_ONLY_ONE = frozenset({"service_tier", "camera_fixed", "frames", "draft"})
"""Fields of the 1.x models, refused by 2.x."""
_RATIOS = ("16:9", "9:16", "4:3", "3:4", "1:1", "21:9", "adaptive")
_ROLES = {
    "image_url": ("first_frame", "last_frame", "reference_image"),
    "video_url": ("reference_video",),
    "audio_url": ("reference_audio",),
}

_SEED = 1107
"""What the vendor picks where no seed is given; always the same here."""


def order_of(body: Mapping[str, Any], model: Terms) -> Order:
    """Return what a body orders.

    Raises:
        Denied: a field is unknown, of another model, or holds what it may not.
    """
    # The vendor's own client sends null for whatever is left out.
    body = {name: value for name, value in body.items() if value is not None}
    name = str(body["model"])
    for field in sorted(_ONLY_ONE & body.keys()):
        raise Denied("invalid", f"The parameter `{field}` is not supported by {name}.", field)
    form.only(body, _FIELDS)
    resolution = form.choice(body, "resolution", model.resolutions, "720p")
    ratio = form.choice(body, "ratio", _RATIOS, "adaptive")
    low, high = model.seconds
    seconds = form.whole(body, "duration", low, high, 5, -1)
    seconds = low if seconds == -1 else seconds
    seed = form.whole(body, "seed", -1, 2**32 - 1, -1)
    form.whole(body, "priority", 0, 9, 0)
    patience = form.whole(body, "execution_expires_after", 3600, 259_200, 172_800)
    form.flag(body, "watermark")
    prompt, pictures, ratio_seen, roles = _content(body, model)
    with_clip, board = "reference_video" in roles, "reference_image" in roles
    if ratio == "adaptive":
        ratio = ratio_seen
    width, height = frame_size(resolution, ratio, model.id)
    units = tokens(width, height, seconds)
    return Order(
        model=name,
        width=width,
        height=height,
        micros=model.micros(resolution, units, with_clip),
        units=units,
        seconds=seconds,
        prompt=prompt,
        sound=form.flag(body, "generate_audio", True),
        pictures=pictures,
        board=board,
        patience=float(patience),
        told=_echo(body, resolution, ratio, seconds, seed),
        hook=form.text(body, "callback_url", needed=False),
    )


def _echo(
    body: Mapping[str, Any], resolution: str, ratio: str, seconds: int, seed: int
) -> dict[str, object]:
    told: dict[str, object] = {
        "model": body["model"],
        "seed": seed if seed >= 0 else _SEED,
        "resolution": resolution,
        "ratio": ratio,
        "duration": seconds,
        "framespersecond": 24,
        "generate_audio": form.flag(body, "generate_audio", True),
        "service_tier": "default",
        "return_last_frame": form.flag(body, "return_last_frame"),
    }
    if tag := form.text(body, "safety_identifier", most=64, needed=False):
        told["safety_identifier"] = tag
    return told


def _content(
    body: Mapping[str, Any], model: Terms
) -> tuple[str, tuple[str, ...], str, frozenset[str]]:
    if "content" not in body:
        raise Denied("missing", "The required parameter `content` is missing.", "content")
    prompt, pictures, roles, ratio = "", list[str](), list[str](), "16:9"
    for index, item in enumerate(form.listed(body, "content", 64)):
        where = f"content[{index}]"
        if not isinstance(item, dict):
            raise Denied("invalid", f"{where} must be an object.", where)
        part = cast("dict[str, Any]", item)
        kind = form.text(part, "type")
        if kind == "text":
            form.only(part, ("type", "text"), f"{where}.")
            prompt = form.text(part, "text")
            continue
        if kind not in _ROLES:
            raise Denied("invalid", f"{where}.type {kind} is not supported.", where)
        form.only(part, ("type", kind, "role"), f"{where}.")
        roles.append(form.choice(part, "role", _ROLES[kind], _ROLES[kind][0]))
        held = cast("dict[str, Any]", part.get(kind) if isinstance(part.get(kind), dict) else {})
        form.only(held, ("url",), f"{where}.{kind}.")
        if kind == "image_url":
            address, size = form.picture(held.get("url"), f"{where}.url", schemes=("asset://",))
            _sides(size, where)
            pictures.append(address)
            if size is not None and roles[-1] == "first_frame":
                ratio = nearest(size)
        else:
            form.address(held.get("url"), f"{where}.url", data=False, schemes=("asset://",))
    _mixed(roles, model)
    if not prompt and not pictures:
        raise Denied("missing", "The content holds neither a text nor a picture.", "content")
    return prompt, tuple(pictures), ratio, frozenset(roles)


def _mixed(roles: list[str], model: Terms) -> None:
    frames = [role for role in roles if role.endswith("_frame")]
    references = [role for role in roles if role.startswith("reference_")]
    if frames and references:
        raise Denied("invalid", "Frame and reference roles cannot be mixed.", "content")
    if len(set(frames)) < len(frames) or frames == ["last_frame"]:
        raise Denied("invalid", "Frames are one first frame, or a first and a last.", "content")
    if roles.count("reference_image") > model.references:
        raise Denied("invalid", f"More than {model.references} reference images.", "content")
    if roles.count("reference_video") > 3 or roles.count("reference_audio") > 3:
        raise Denied("invalid", "More than 3 reference clips or sounds.", "content")
    if references and set(references) == {"reference_audio"} and model.references < 30:
        raise Denied("invalid", "A reference sound needs a picture or a clip.", "content")


def _sides(size: tuple[int, int] | None, where: str) -> None:
    if size is None:
        return
    width, height = size
    if not (min(size) >= 300 and max(size) <= 6000 and 0.4 <= width / height <= 2.5):
        raise Denied(
            "invalid",
            f"{where}: a picture of {width}x{height} pixels is outside 300..6000 pixels a side "
            "or an aspect of 0.4..2.5.",
            where,
        )


def nearest(size: tuple[int, int]) -> str:
    """Return the published ratio next to a picture's own."""
    wanted = size[0] / size[1]

    def off(ratio: str) -> float:
        wide, _, tall = ratio.partition(":")
        return abs(int(wide) / int(tall) - wanted)

    return min(_RATIOS[:-1], key=off)
