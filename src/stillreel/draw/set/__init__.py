"""Sets: places as layers of shapes, and where bodies can rest in them."""

from stillreel.draw.set.build import anchors, layers
from stillreel.draw.set.piece import Anchor

__all__ = ["Anchor", "anchors", "layers"]
