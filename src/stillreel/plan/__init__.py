"""Stage 0: words to shots. Who, where, with what, nine panels a clip, and every prompt."""
