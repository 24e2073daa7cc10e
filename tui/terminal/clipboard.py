"""The clipboard of the person's own machine, which a terminal fills when it is told to (OSC 52), also over
SSH. Whether it does is never answered.
"""

import base64
import os
from collections.abc import Mapping

from tui.terminal.terminal_types import only_ascii

MOST_BYTES = 74_994
"""Of a text: with all that goes around it, xterm takes no more than 100,000 characters."""


def clipboard_sequence(text: str, environ: Mapping[str, str]) -> str | None:
    """What to write to the terminal that `environ` describes, so that it puts `text` on its clipboard;
    None where that cannot be. Consoles and old terminals would show it instead.
    """
    data = os.fsencode(text)
    if len(data) > MOST_BYTES or only_ascii(environ):
        return None
    return f"\x1b]52;c;{base64.b64encode(data).decode()}\a"
