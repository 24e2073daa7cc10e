"""The loop that updates a network's parameters."""
