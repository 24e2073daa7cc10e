"""What charts draw with."""
