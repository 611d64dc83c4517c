"""Clips: what was delivered, and what is wrong with it, frame by frame."""
