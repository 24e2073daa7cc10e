"""Sessions: the ways to a run, in another process or in this one."""
