"""The spend ledger: what was bought, for how much, and what is still in the air."""
