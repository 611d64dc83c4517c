"""Measuring: pure functions on pixels. Import the tool you need: panels, plates, identity, clip."""
