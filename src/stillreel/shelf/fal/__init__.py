"""fal: a queue of other houses' models; the clips and stills of those that suit us."""
