"""Stage 2: nine stills. One 3x3 board per clip, cut back into panels from the picture itself."""
