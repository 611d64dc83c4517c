"""Likeness: how far a figure is the one that was asked for, attribute by attribute."""
