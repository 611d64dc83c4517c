"""Stand-in vendors that speak the published wire: pictures, clips, bills and faults, no money."""
