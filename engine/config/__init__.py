"""What decides a run, and what is allowed. Nothing here loads NumPy."""
