"""Pure functions from arrays to pictures."""
