"""The standard streams and the environment, put in order before anything else is loaded."""

import os
import sys
import warnings

from engine.config.threads import fix_threads
from tui.terminal.terminal_types import color_system


def set_defaults() -> None:
    """What has to be settled before NumPy and Textual are loaded; what is set already stays,
    but for the number of threads, which decides the bits of a run.
    """
    fix_threads(os.environ)
    os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    # how often Textual looks whether there is something to repaint, at most: 4 ms after a key
    os.environ.setdefault("TEXTUAL_FPS", "240")
    colors = color_system(os.environ)
    os.environ.setdefault("TEXTUAL_COLOR_SYSTEM", colors or "standard")
    if colors is None:  # bold and reverse there are
        os.environ.setdefault("NO_COLOR", "1")
    # a library's warning on stderr would be drawn into the dashboard, which uses it, too
    if not sys.warnoptions:
        warnings.simplefilter("ignore")


def open_closed_streams() -> None:
    """Put the null device where a standard stream was closed (`<&-`, `>&-`): Python has None for
    these, and the next file or socket to be opened would take their number.
    """
    for descriptor, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            null = os.open(os.devnull, os.O_RDWR)
            if null == descriptor:
                os.set_inheritable(null, True)
            else:
                os.dup2(null, descriptor)
                os.close(null)
            mode = "w" if descriptor else "r"
            setattr(sys, name, os.fdopen(descriptor, mode, encoding="utf-8", closefd=False))


def release_broken_streams() -> None:
    """Let what a stream still holds go to the null device if it cannot be written, or Python
    would complain at its exit.
    """
    for descriptor, stream in ((1, sys.stdout), (2, sys.stderr)):
        try:
            stream.flush()
        except OSError:
            null = os.open(os.devnull, os.O_WRONLY)
            os.dup2(null, descriptor)
            os.close(null)
        except ValueError:  # closed: it holds nothing
            continue
