"""The errors that a person can cause, each with one line that says what to change."""


def one_line(text: str) -> str:
    """`text` without line breaks, and without what would move a terminal's cursor."""
    return "".join(c if c.isprintable() else "?" for c in " ".join(text.split()))


class MoonwalkError(Exception):
    """Root of every error this project raises on purpose; `str(error)` is one clear line."""

    def __init__(self, text: str = "") -> None:
        super().__init__(one_line(text))


class ConfigError(MoonwalkError):
    """A setting is outside what is allowed. `setting` names it as the command line does."""

    def __init__(self, setting: str, problem: str) -> None:
        super().__init__(f"{setting}: {problem}")
        self.setting = setting


class ShapeError(MoonwalkError, ValueError):
    """An array does not fit the layer, network or batch it was given to."""


class HostLostError(MoonwalkError):
    """The process that trains is gone, or speaks another protocol."""


class FileError(MoonwalkError):
    """A file cannot be read as what it should be, or cannot be written."""


class RunEndedError(HostLostError):
    """The run was ended on request, from another process; `saved` if everything was that should be."""

    def __init__(self, text: str, *, saved: bool = True) -> None:
        super().__init__(text)
        self.saved = saved


class ProtocolError(HostLostError):
    """A message that cannot be understood, or one of another protocol version."""
