"""The set-up sheet: every setting of a run, to be changed while it goes on."""
