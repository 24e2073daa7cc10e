"""What a report says of a run that has ended."""
