"""Hand-off: clips that a person makes on a web page and drops back into the film."""
