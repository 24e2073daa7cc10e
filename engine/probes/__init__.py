"""What is worked out of a trainer without changing its course."""
