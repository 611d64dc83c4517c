"""The sound of the film: a pure score of what is heard when, and the synthesis that plays it."""
