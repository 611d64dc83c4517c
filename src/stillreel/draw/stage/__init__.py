"""The stage: where the camera stands, where the performers stand, what is in focus."""

from stillreel.draw.stage.compose import Placed, Staged, compose

__all__ = ["Placed", "Staged", "compose"]
