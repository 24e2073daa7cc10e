"""A trainer as a person steers it."""
