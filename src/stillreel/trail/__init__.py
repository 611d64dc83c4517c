"""Provenance: where a picture, clip or film came from, read, verified, signed and disclosed."""
