"""Calibration: pictures whose truth is known, and how well each tier reads it."""
