"""Replicate: other houses' models as predictions; the clips and stills of those that suit us."""
