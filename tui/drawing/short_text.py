"""Texts made short for the room that there is."""

import textwrap

LEFT_OUT = " .. "


def in_two_lines(text: str, width: int) -> str:
    """`text` in at most two lines of `width`; what does not fit is left out of its middle, as the
    end says why or where.
    """
    width = max(width, 1)
    kept = len(text)
    shown = text
    while len(lines := textwrap.wrap(shown, width)) > 2 and kept > 2:
        kept -= 1
        head = (kept + 1) // 2
        shown = text[:head].rstrip() + LEFT_OUT + text[len(text) - kept // 2 :].lstrip()
    return "\n".join(lines[:2])
