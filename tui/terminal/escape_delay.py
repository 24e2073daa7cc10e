"""How long an escape waits for the rest of a sequence."""

from collections.abc import Mapping

USUAL_SECONDS = 0.1
SECONDS_OVER_SSH = 0.5
"""On a slow line, the rest of a sequence may be in another packet."""


def escape_seconds(environ: Mapping[str, str]) -> float:
    """As `ESCDELAY` in `environ` says, in milliseconds, as for other programs; else by the line."""
    said = environ.get("ESCDELAY", "")
    if said.isascii() and said.isdigit() and 0 < int(said) <= 60_000:
        return int(said) / 1000
    return SECONDS_OVER_SSH if environ.get("SSH_CONNECTION") else USUAL_SECONDS
