"""Signing: what leaves the house says how it was made, in Content Credentials (C2PA)."""
