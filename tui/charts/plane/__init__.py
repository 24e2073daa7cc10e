"""Points in their plane, and what a network predicts all over it."""
