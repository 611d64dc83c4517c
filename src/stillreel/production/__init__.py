"""The only place where all stages meet: open a film, quote it, run it, decide, export it."""
