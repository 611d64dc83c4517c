"""Language models that write the plan, and look at pictures as judges."""
