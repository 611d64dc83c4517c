"""Measuring: pure functions on pixels.

`page` finds the panels of a board, `people` counts and cuts out figures, `likeness` compares them,
`clip` looks for faults over time.
"""
