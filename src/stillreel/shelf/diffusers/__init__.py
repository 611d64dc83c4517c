"""Open weights on this machine: a front-end and a platform that run them through diffusers."""
