"""The panes and lines of the screens."""
