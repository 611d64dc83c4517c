"""The contest that decides: which front-end draws this film, or that no difference shows.

`units` turns what was measured into one score difference for each unit, `turns` says who is asked
first, `judge` decides between two, `league` between several; `wager` is the test underneath.
"""
