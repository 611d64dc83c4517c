"""Bundled providers; strangers' packages come through the same door."""
