"""What fills the terminal: the dashboard, the report and what opens over them."""
