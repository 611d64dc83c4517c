"""The report: one page that shows what was made, how, from what, and what it cost."""
