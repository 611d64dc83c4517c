"""Small frozen values that every room shares: money, time, digests, scenes, takes, problems."""
