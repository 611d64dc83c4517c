"""The plan written by a language model: beats first, then shots, held against our own checks."""
