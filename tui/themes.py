"""The dark and the light theme: the interface's colours and those that drawings take.

Blue and orange tell classes and signs apart for every common kind of colour blindness; green is
the one accent. The colours of further classes were searched for: with normal sight and as red-, green-
and blue-blind people see them, the two of ten that are nearest lie 0.09 apart in OKLab. Drawings use the variables below through `tui.drawing.palette`.
"""

from textual.theme import Theme

NIGHT = Theme(
    name="moonwalk-night",
    dark=True,
    primary="#56d4a8",
    secondary="#5aa9e6",
    accent="#56d4a8",
    foreground="#d8dee6",
    background="#10151c",
    surface="#161d26",
    panel="#1d2530",
    warning="#f2c14e",
    error="#f2708a",
    success="#56d4a8",
    variables={
        "drawing-text": "#d8dee6",
        "drawing-faint": "#7d8a99",
        "drawing-frame": "#3a4656",
        "drawing-accent": "#56d4a8",
        "drawing-class-0": "#64b5f6",
        "drawing-class-1": "#ffa657",
        "drawing-class-2": "#388d67",
        "drawing-class-3": "#9b67c7",
        "drawing-class-4": "#f5f60b",
        "drawing-class-5": "#8cffe2",
        "drawing-class-6": "#b85c14",
        "drawing-class-7": "#868aff",
        "drawing-class-8": "#ff236c",
        "drawing-class-9": "#9dbea7",
        "drawing-test": "#d2a8ff",
        "drawing-alarm": "#ff7b8f",
        "drawing-paper": "#10151c",
        "footer-background": "#10151c",
    },
)

DAY = Theme(
    name="moonwalk-day",
    dark=False,
    primary="#00795c",
    secondary="#1769aa",
    accent="#00795c",
    foreground="#1f2730",
    background="#fbfaf6",
    surface="#f3f1ea",
    panel="#e9e6dc",
    warning="#8a6100",
    error="#b3213f",
    success="#00795c",
    variables={
        "drawing-text": "#1f2730",
        "drawing-faint": "#66707c",
        "drawing-frame": "#c3c0b4",
        "drawing-accent": "#00795c",
        "drawing-class-0": "#1260a8",
        "drawing-class-1": "#b34d00",
        "drawing-class-2": "#0e91b6",
        "drawing-class-3": "#aa2eff",
        "drawing-class-4": "#000002",
        "drawing-class-5": "#702000",
        "drawing-class-6": "#400008",
        "drawing-class-7": "#0f004b",
        "drawing-class-8": "#30336e",
        "drawing-class-9": "#744d5f",
        "drawing-test": "#7a3fb5",
        "drawing-alarm": "#b3213f",
        "drawing-paper": "#fbfaf6",
        "footer-background": "#fbfaf6",
    },
)

THEMES = {"dark": NIGHT, "light": DAY}
"""By the names that the option --theme takes."""
