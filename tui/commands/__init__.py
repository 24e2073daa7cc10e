"""What can be typed after `moonwalk`, apart from a new run."""
