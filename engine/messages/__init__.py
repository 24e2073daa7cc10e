"""The values that pass between a run, its host and its dashboards."""
