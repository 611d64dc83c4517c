"""Things that are held, used or looked at, built from small solids."""

from stillreel.draw.prop.shelf import KINDS, known, reach, shapes_at, standing

__all__ = ["KINDS", "known", "reach", "shapes_at", "standing"]
