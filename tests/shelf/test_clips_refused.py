"""What a vendor of clips would refuse is refused before it is sent, whoever the vendor is."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from rehearsed import answering, clip_ask, picture
from stillreel.errors import Refused
from stillreel.shelf.ark.platform import Ark
from stillreel.shelf.fal.platform import Fal
from stillreel.shelf.replicate.platform import Replicate
from stillreel.shelf.runway.platform import Runway

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("vendor", [Ark, Fal, Replicate, Runway])
def test_pictures_and_sizes_that_a_vendor_does_not_take_never_leave(
    vendor: Any, tmp_path: Path
) -> None:
    ask = clip_ask(tmp_path)
    many = tuple(picture(tmp_path, f"extra-{number}", 400, 400) for number in range(10))
    asks = {
        f"carries 10 pictures; {vendor.name} takes 9": replace(ask, references=many),
        "60x45 pixels": replace(ask, references=(picture(tmp_path, "tiny", 60, 45),)),
        "carries no picture": replace(ask, references=()),
        "no first frame": replace(ask, read="frames", panels=(), references=()),
        "1000x300 is none": replace(ask, width=1000, height=300),
    }
    for words, wrong in asks.items():
        made, seen = answering(vendor, {"id": "p1"})
        with pytest.raises(Refused, match=words) as told:
            asyncio.run(made.submit(wrong, "tag-1"))
        assert (told.value.charged, told.value.failure, seen) == ("no", "invalid", [])
