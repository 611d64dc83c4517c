"""What happened: takes, choices, approvals, spend and events; files by digest."""
