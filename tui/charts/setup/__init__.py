"""The set-up of a run, and the data sets to choose from."""
