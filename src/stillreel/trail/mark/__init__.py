"""A mark of our own in the film's pixels: a faint, fixed pattern that carries a 24-bit number."""
