"""How an ask becomes a take: once, recorded, and only where something is missing."""
