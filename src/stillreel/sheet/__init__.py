"""Stage 1: who they are. Rival front-ends draw the same sheet; measured identity picks."""
