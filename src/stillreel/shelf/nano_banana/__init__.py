"""Google Nano Banana: at once, or by the batch at half the price."""
