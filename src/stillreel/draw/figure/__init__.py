"""The human figure: one rig for children, adults, elders and giants, seen from anywhere."""

from stillreel.draw.figure.extent import body
from stillreel.draw.figure.figure import draw
from stillreel.draw.figure.variety import variant

__all__ = ["body", "draw", "variant"]
