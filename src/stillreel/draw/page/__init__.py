"""Pages: sheets of one character, place or prop, and boards of nine panels."""

from stillreel.draw.page.board import board_page
from stillreel.draw.page.sheet import drawn, png, sheet_page

__all__ = ["board_page", "drawn", "png", "sheet_page"]
