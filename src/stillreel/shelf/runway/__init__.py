"""Runway: Seedance 2 through model routers, which list what they were asked and cap its price."""
