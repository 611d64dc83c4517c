"""The bodies of Runway's create calls, direct and routed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from stillreel.rehearsal import form
from stillreel.rehearsal.job import Order
from stillreel.rehearsal.terms import frame_size
from stillreel.rehearsal.wire import Denied

if TYPE_CHECKING:
    from stillreel.rehearsal.terms import Terms

_SHARED = frozenset({"model", "promptText", "ratio", "duration", "audio", "seed"})
_FIELDS = {
    "image_to_video": _SHARED | {"promptImage", "referenceAudio", "draft", "outputFormat"},
    "text_to_video": _SHARED
    | {"references", "referenceVideos", "referenceAudio", "draft", "draftTaskId", "outputFormat"},
}
_ROUTED = frozenset(
    {"promptText", "referenceImages", "duration", "resolution", "aspectRatio", "audio", "seed"}
    | {"negativePrompt"}
)
_ROLES = ("first", "last", "reference")
_RATIOS = ("16:9", "9:16", "4:3", "3:4", "1:1", "21:9")


def direct(route: str, body: dict[str, Any], models: dict[str, Terms]) -> Order:
    """Return what the body of `image_to_video` or `text_to_video` orders.

    Raises:
        Denied: a field is not published, or holds what it may not.
    """
    form.only(body, _FIELDS[route])
    model = _model(form.text(body, "model"), models)
    width, height = _pixels(form.text(body, "ratio"))
    if route == "image_to_video":
        pictures = _prompt_images(body.get("promptImage"))
    else:
        rows = form.listed(body, "references", model.references)
        pictures = [form.picture(_uri(one), "references")[0] for one in rows]
        form.listed(body, "referenceVideos", 3)
    most = 15_000 if model.id.endswith("2_5") else 3500
    prompt = form.text(body, "promptText", most=most, needed=False)
    return _order(model, (width, height), body, prompt, pictures)


def routed(router: dict[str, Any], held: dict[str, Any], models: dict[str, Terms]) -> Order:
    """Return what the input of a routed call orders, under the router's own ceiling.

    Raises:
        Denied: a field is not published or holds what it may not, or it costs too much.
    """
    form.only(held, _ROUTED, "input.")
    ids = cast("list[str]", router.get("models", {}).get("ids") or ["seedance2"])
    pictures: list[str] = []
    roles: set[str] = set()
    for row in form.listed(held, "referenceImages", 30):
        one = cast("dict[str, Any]", row) if isinstance(row, dict) else {}
        form.only(one, ("uri", "role"), "input.referenceImages.")
        roles.add(form.choice(one, "role", _ROLES, "reference"))
        pictures.append(form.picture(one.get("uri"), "referenceImages")[0])
    if "reference" in roles and len(roles) > 1:
        raise Denied("invalid", "Roles cannot be mixed.", "referenceImages")
    resolution = form.choice(held, "resolution", ("480p", "720p", "1080p"), "720p")
    size = frame_size(resolution, form.choice(held, "aspectRatio", _RATIOS, "16:9"))
    prompt = form.text(held, "promptText", most=15_000, needed=False)
    order = _order(_model(ids[0], models), size, held, prompt, pictures)
    most = cast("dict[str, int]", router.get("maxCreditsPerGeneration") or {}).get("video")
    if most is not None and order.units > most:
        raise Denied("invalid", f"No model can do this for {most} credits.", "configId")
    return order


def _order(
    model: Terms, size: tuple[int, int], body: dict[str, Any], prompt: str, pictures: list[str]
) -> Order:
    low, high = model.seconds
    auto = body.get("duration") == "auto"
    seconds = high if auto else form.whole(body, "duration", low, high, 5)
    form.whole(body, "seed", 0, 2**32 - 1, 0)
    if not prompt and not pictures:
        raise Denied("missing", "promptText is required", "promptText")
    units = model.micros("credits", seconds)
    return Order(
        model=model.id,
        width=size[0],
        height=size[1],
        micros=model.micros("*", units),
        units=units,
        seconds=seconds,
        prompt=prompt,
        sound=form.flag(body, "audio"),
        pictures=tuple(pictures),
    )


def _model(name: str, models: dict[str, Terms]) -> Terms:
    if name not in models:
        raise Denied("invalid", f"There is no model {name}.", "model")
    return models[name]


def _uri(row: object) -> object:
    return cast("dict[str, Any]", row).get("uri") if isinstance(row, dict) else row


def _pixels(ratio: str) -> tuple[int, int]:
    wide, _, tall = ratio.partition(":")
    if not (wide.isdigit() and tall.isdigit() and int(wide) >= 256 and int(tall) >= 256):
        raise Denied("invalid", f"ratio {ratio} is no pair of pixels.", "ratio")
    return int(wide), int(tall)


def _prompt_images(held: object) -> list[str]:
    if isinstance(held, str):
        return [form.picture(held, "promptImage", ("runway://",))[0]]
    rows = form.listed({"promptImage": held}, "promptImage", 30)
    if not rows:
        raise Denied("missing", "promptImage is required", "promptImage")
    kinds: set[bool] = set()
    pictures: list[str] = []
    for row in rows:
        one = cast("dict[str, Any]", row) if isinstance(row, dict) else {}
        form.only(one, ("uri", "position"), "promptImage.")
        if "position" in one:
            form.choice(one, "position", ("first", "last"), "first")
        kinds.add("position" in one)
        pictures.append(form.picture(one.get("uri"), "promptImage", ("runway://",))[0])
    if len(kinds) > 1:
        raise Denied("invalid", "Frames and references cannot be mixed.", "promptImage")
    return pictures
