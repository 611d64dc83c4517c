"""OpenAI GPT Image: at once, or by the batch at half the price."""
