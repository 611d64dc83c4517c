"""BytePlus ModelArk and Volcengine Ark: Seedance 2 at its origin."""
