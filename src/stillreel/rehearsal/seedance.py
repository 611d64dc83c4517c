"""What the resellers of Seedance share: one clip's fields under each reseller's own names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from stillreel.rehearsal import form
from stillreel.rehearsal.job import Order
from stillreel.rehearsal.terms import frame_size, tokens

if TYPE_CHECKING:
    from collections.abc import Mapping

    from stillreel.rehearsal.terms import Terms

RATIOS = ("16:9", "9:16", "4:3", "3:4", "1:1", "21:9")


@dataclass(frozen=True, slots=True)
class Names:
    """How a reseller calls the fields of a clip; an empty name is a field it does not have."""

    first: str
    last: str
    pictures: str
    clips: str
    sounds: str
    ratio: str = "aspect_ratio"
    adaptive: str = "auto"
    prompt_most: int = 0

    def all(self) -> frozenset[str]:
        """Return all field names, those that every reseller calls alike included."""
        own = {self.first, self.last, self.pictures, self.clips, self.sounds, self.ratio}
        return frozenset(
            (own - {""}) | {"prompt", "resolution", "duration", "generate_audio", "seed"}
        )


def order(
    held: Mapping[str, Any], names: Names, model: Terms, seconds: int, *, plus_frame: bool = False
) -> Order:
    """Read a clip's fields strictly.

    Args:
        held: the fields.
        names: what they are called.
        model: what is taken and what it costs, by token.
        seconds: length, read by the caller because every reseller writes it another way.
        plus_frame: whether the tokens count one frame more than seconds times 24.

    Raises:
        Denied: a field is not published, or holds what it may not.
    """
    form.only(held, names.all())
    prompt = form.text(held, "prompt", most=names.prompt_most)
    resolution = form.choice(held, "resolution", model.resolutions, "720p")
    ratio = form.choice(held, names.ratio, (*RATIOS, names.adaptive), "16:9")
    form.whole(held, "seed", -1, 2**32 - 1, 0)
    pictures = [
        form.picture(held[name], name)[0]
        for name in (names.first, names.last)
        if name and held.get(name) is not None
    ]
    references = form.listed(held, names.pictures, model.references) if names.pictures else []
    pictures += [form.picture(one, names.pictures)[0] for one in references]
    clips = form.listed(held, names.clips, 3) if names.clips else []
    for one in clips:
        form.address(one, names.clips, data=False)
    sounds = form.listed(held, names.sounds, 3) if names.sounds else []
    for one in sounds:
        form.address(one, names.sounds)
    width, height = frame_size(resolution, "16:9" if ratio == names.adaptive else ratio, model.id)
    units = tokens(width, height, seconds) if plus_frame else width * height * 24 * seconds // 1024
    return Order(
        model=model.id,
        width=width,
        height=height,
        micros=model.micros(resolution, units, bool(clips)),
        units=units,
        seconds=seconds,
        prompt=prompt,
        sound=form.flag(held, "generate_audio", True),
        pictures=tuple(pictures),
        board=bool(references),
        told=dict(held),
    )
