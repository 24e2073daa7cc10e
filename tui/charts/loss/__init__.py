"""The losses over the steps."""
