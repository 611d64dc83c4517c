"""The disclosure pack of a film: what is told of its making, as text and JSON."""
