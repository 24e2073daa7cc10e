"""The keys of a pane: they act while it has the focus."""

from textual.binding import Binding


def pane_key(
    pane: str, keys: str, action: str, name: str, tooltip: str = "", *, display: str = ""
) -> Binding:
    """One key, or several separated by commas, of the pane of that name. The help explains it by its
    `tooltip`, under its `display` if that says more, and the palette finds it by its `name`; without a
    tooltip, another key stands for it as well, and neither has it.
    """
    return Binding(
        keys,
        action,
        name,
        show=False,
        key_display=display or None,
        id=f"{pane}.{name.replace(' ', '_')}" if tooltip else None,
        tooltip=tooltip,
    )
