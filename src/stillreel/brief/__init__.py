"""The words: a story, Fountain script or FDX in, a `Brief` with a line on every element out."""

from stillreel.brief.check import check
from stillreel.brief.nouns import Brief, Element
from stillreel.brief.read import read, read_bytes

__all__ = ["Brief", "Element", "check", "read", "read_bytes"]
