"""The judge tier: a model that looks fills in a typed checklist, and is itself judged first."""
