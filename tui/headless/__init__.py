"""A run without a dashboard: its progress and its printed report."""
