"""Data sets, for a person to choose and to check them."""
