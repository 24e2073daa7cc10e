"""The command line, the terminal and drawing."""

NAME = "moonwalk"
"""The name of the program."""
