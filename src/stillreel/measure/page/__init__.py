"""Pages: where the panels of a board are."""
