"""Survival: which signals of origin are still in a picture or clip after what is done to it."""
