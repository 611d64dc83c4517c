"""`trail.html`: the chain of one film as a page that needs nothing but itself."""
