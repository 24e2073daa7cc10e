"""Who is timed beside the engine: each makes so many steps of the same training."""
