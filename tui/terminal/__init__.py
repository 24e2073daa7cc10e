"""The terminal: what it can do, and the fewest bytes that bring it up to date."""
