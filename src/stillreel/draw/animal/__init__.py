"""Animals, and the things and forces that act: one front for every body that is not a person."""

from stillreel.draw.animal.stage import body, draw, usual_height, variant

__all__ = ["body", "draw", "usual_height", "variant"]
