"""Stage 3: the panels of a board become one moving piece."""
