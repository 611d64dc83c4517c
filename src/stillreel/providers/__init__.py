"""The seam: what is asked of a provider, what it answers, and where providers are found."""
