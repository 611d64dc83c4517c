"""What a provider can do and at what price: data from its dated `offers.toml`.

One file may hold several models, each a `[[model]]` table with a `label`; what stands outside the
tables holds for all of them. A user's own file of the same shape wins over the bundled one. Lists
of figures (`sizes`, `prices`, `sources`) are read nearest first, and the first match counts.
"""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Literal, cast

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from stillreel.errors import NotConfigured
from stillreel.providers.figures import (
    Canvas,
    Pictures,
    Price,
    Quota,
    Size,
    Source,
    Tokens,
    Weights,
)

if TYPE_CHECKING:
    from pathlib import Path

Table = dict[str, object]

_NEAREST_FIRST = frozenset({"sizes", "prices", "sources"})


class Offer(BaseModel):
    """One provider's capabilities and prices on a date."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    provider: str
    """The name a film uses: the provider's id, with `:label` for a model that is not its first."""
    dated: date
    """Day the figures were read."""
    makes: Literal["still", "motion", "writer", "judge", "voice"]
    also: tuple[Literal["judge"], ...] = ()
    """What else it makes, with the same verbs."""
    model: str
    """Model or program that answers."""
    version: str
    """Changes whenever the same ask would give other bytes."""
    label: str = ""
    """Our short name of the model among the provider's models."""
    experimental: bool = False
    """Whether only a part of the vendor's interface is documented."""
    disabled: str = ""
    """Why it shall not be used, in its user's own words; empty where it may."""
    local: bool = False
    """Runs on this machine: costs CPU, not money, and may run in a worker process."""
    by_hand: bool = False
    """Whether a person makes it elsewhere: nothing is sent from here, so no answer is lost."""
    alone: bool = False
    """Whether one worker process carries all its asks, one after the other: it fills the memory."""
    weights: Weights | None = None
    """Open weights it runs, where it is a model on this machine."""
    trained: bool = True
    """Whether a trained model makes it; false for a program that draws by rules."""
    chance: bool = True
    """Whether the same ask would give another picture the next time."""
    embedded: int = 0
    """Place among what works without key and network; 0 for providers that are not part of it."""
    key_names: tuple[str, ...] = ()
    """Environment variables the vendor's key usually lies in, first found wins."""
    base_url: str = ""
    """Address of the vendor's interface."""
    records_url: str = ""
    """Address at which it lists jobs, where that is another one."""
    path: str = ""
    """Where below it jobs are created, where that depends on the model."""
    references_max: int = 0
    """Most pictures one ask may carry."""
    pictures_at_once: int = Field(default=1, ge=1)
    """Most takes of one picture that a single create call may order."""
    reference_syntax: str = "{label}"
    """How the prompt names a reference: `Image {n}`, `@Image{n}`, `[Image{n}]`."""
    prompt_words_max: int = 1000
    prompt_letters_max: int = 0
    """Longest prompt that is taken at all; 0 where it is not known."""
    sides: tuple[int, int] = (64, 4096)
    """Smallest and largest picture side in pixels."""
    seconds: tuple[int, int] = (1, 60)
    """Shortest and longest clip."""
    lengths: tuple[int, ...] = ()
    """Seconds a clip may have, shortest first, where not every whole number between is made."""
    rates: tuple[int, ...] = ()
    """Frames a second that may be ordered; empty where the vendor decides."""
    reads: tuple[Literal["grid", "panels", "frames"], ...] = ()
    """How a platform can read the stills."""
    resolutions: tuple[str, ...] = ()
    """The vendor's words for the sizes this model makes, smallest first."""
    sizes: tuple[Size, ...] = ()
    canvas: Canvas | None = None
    """Which sizes it draws, where they are no list."""
    quality: str = ""
    """The vendor's word for how carefully it draws."""
    tokens: Tokens = Tokens()
    prices: tuple[Price, ...] = ()
    sources: tuple[Source, ...] = ()
    pictures: Pictures = Pictures()
    quotas: tuple[Quota, ...] = ()
    """Most references of a kind, where the vendor counts them by kind."""
    stamps: tuple[Literal["c2pa", "synthid"], ...] = ()
    """What the vendor puts into a picture that says where it comes from."""
    suits: tuple[Literal["drawn", "lettering", "bulk"], ...] = ()
    """What it is reputed to be good at: drawn looks, words in pictures, many pictures at a lower
    price. A contest decides; this only says whom to invite."""
    grounds: bool = False
    """Whether it looks facts up before it draws, where an ask says that something exists."""
    faces: Literal["", "refused"] = ""
    """`refused` where a picture that may pass for a photograph of a real person is turned away."""
    body_bytes_max: int = 0
    """Largest request body; 0 where it is not known."""
    result_bytes_max: int = 1_000_000_000
    """Largest file that is downloaded."""
    credit_usd: str = ""
    """What one of the vendor's own credits costs, where it bills in credits."""
    price_usd: str = "0"
    """Price of one picture, or of one second of a clip."""
    lookup: Literal["tag", "list", "history", "none"] = "none"
    """How a job whose answer was lost is found: by our own tag that the vendor echoes, in a list
    that is matched, in a history of finished jobs, or not at all."""
    list_lag: int = 0
    """Longest time in seconds until a new job shows up in the vendor's list."""
    accept_longest: int = 60
    """Longest time in seconds until the vendor has taken or refused a create call."""
    timeout: float = 60.0
    """Seconds after which a create call is given up."""
    start_within: int = 0
    """Seconds after which a job whose work has not begun is given up; 0 where it waits for ever."""
    poll_every: float = 5.0
    """Seconds between two looks at a job."""
    retention: int = 0
    """Seconds a result can be fetched; 0 where it does not run out."""
    concurrency: int = 1
    """Jobs that may be under way at once on one account."""
    uploads_kept: int = 0
    """Seconds a picture that was brought to the vendor is taken to lie there still; 0 where it is
    brought anew for each job, or goes along with it."""
    per_minute: int = 0
    """Create calls a minute; 0 for no limit."""
    prior_seconds: tuple[int, int] = (0, 0)
    """Published seconds from create to result, middle and slow (nine in ten are faster)."""

    def price(self, resolution: str = "", of: str = "") -> Price | None:
        """Return the price that holds for a resolution, or None where none is known.

        Args:
            resolution: the vendor's word for a size.
            of: which tokens, where they differ in price.
        """
        fits = (p for p in self.prices if not p.resolutions or resolution in p.resolutions)
        return next((p for p in fits if p.of == of), None)

    def pixels(self, resolution: str) -> dict[str, tuple[int, int]]:
        """Return width and height of each ratio a resolution comes in."""
        found: dict[str, tuple[int, int]] = {}
        for size in self.sizes:
            if size.resolution == resolution:
                found.setdefault(size.ratio, size.pixels)
        return found


@cache
def load(package: str, name: str, label: str = "", mine: Path | None = None) -> Offer:
    """Read one model from `name`.offers.toml that lies beside the provider's module in `package`.

    Args:
        package: holds the file.
        name: id of the provider.
        label: of the model; empty for the file's first, or only, one.
        mine: a user's own file of the same shape, whose figures win; it need not exist.

    Raises:
        NotConfigured: the user's file cannot be read, or no model has that label.
    """
    file = resources.files(package).joinpath(f"{name}.offers.toml")
    shared, models = _parted(tomllib.loads(file.read_text("utf-8")))
    if mine is not None and mine.is_file():
        own, own_models = _parted(_read(mine))
        shared = _over(own, shared)
        models = [_over(own, one) for one in models] if models else models
        models = _joined(own_models, models)
    chosen, named = _chosen(name, models, label), name
    if models and chosen is not models[0]:
        named = f"{name}:{label}"
    laid = {**_over(chosen, shared), "provider": named}
    if models:
        # Another model under the same label gives other bytes.
        laid["version"] = f"{laid.get('version')} {laid.get('model')}"
    try:
        return Offer.model_validate(laid)
    except ValidationError as error:
        first = error.errors()[0]
        raise NotConfigured(
            f"The offer of {named!r} has a wrong {'.'.join(map(str, first['loc']))}: "
            f"{first['msg']}.",
            where=str(mine or f"{name}.offers.toml"),
            next_step="Mend the file; docs/add-a-provider.md shows its shape.",
        ) from None


def _read(path: Path) -> Table:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise NotConfigured(
            f"Your offers file cannot be read: {error}.",
            where=str(path),
            next_step="Mend it, or move it away to use the bundled figures.",
        ) from error


def _parted(table: Table) -> tuple[Table, list[Table]]:
    """Part what holds for all models from the tables of each."""
    models = table.get("model")
    if not isinstance(models, list):
        return table, []
    shared = {key: value for key, value in table.items() if key != "model"}
    return shared, [_named(one) for one in cast("list[Table]", models)]


def _named(model: Table) -> Table:
    """Call a model's `id` what an offer calls it."""
    return {("model" if key == "id" else key): value for key, value in model.items()}


def _over(near: Table, far: Table) -> Table:
    """Lay nearer figures over farther ones; lists of figures are joined, nearest first."""
    joined = {
        key: [*cast("list[object]", near[key]), *cast("list[object]", far[key])]
        for key in _NEAREST_FIRST & near.keys() & far.keys()
    }
    return {**far, **near, **joined}


def _joined(own: list[Table], bundled: list[Table]) -> list[Table]:
    """Lay a user's models over the bundled ones of the same label; new ones follow."""
    mine = {str(one.get("label")): one for one in own}
    laid = [_over(mine.pop(str(one.get("label")), {}), one) for one in bundled]
    return [*laid, *mine.values()]


def _chosen(name: str, models: list[Table], label: str) -> Table:
    if not models and not label:
        return {}
    known = [str(one.get("label")) for one in models]
    if not label:
        return models[0]
    if label not in known:
        there = ", ".join(known) or "none"
        raise NotConfigured(
            f"{name!r} has no model called {label!r}.",
            next_step=f"Its models: {there}. Mend the name in film.toml.",
        )
    return models[known.index(label)]
