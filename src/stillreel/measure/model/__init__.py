"""The model tier: learned detectors and embedders, there when they were installed and agreed to."""
