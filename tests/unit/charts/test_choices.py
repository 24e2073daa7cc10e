"""A list of choices: the one selected is seen without colour, and nothing is cut in a word."""

from tui.charts.choices import Choice, draw_choices, shortened
from tui.drawing.palette import Palette
from tui.drawing.pens import REVERSE
from tui.themes import NIGHT

PALETTE = Palette.from_variables(NIGHT.variables, textured=False)
CHOICES = [
    Choice("pause", "Pause the training, or go on", ("space",)),
    Choice("alpha up", "Learn faster", ("↑", "+")),
    Choice("stats", "What the picture costs"),
]


def lines(columns: int, selected: int = 1, rows: int = 3) -> list[str]:
    return [
        line.rstrip() for line in draw_choices(CHOICES, selected, rows, columns, PALETTE).lines()
    ]


def test_given_room_when_drawn_then_keys_name_and_text_stand_in_columns() -> None:
    assert lines(60) == [
        "  space  pause     Pause the training, or go on",
        ">   ↑ +  alpha up  Learn faster",
        "         stats     What the picture costs",
    ]


def test_given_less_room_when_drawn_then_the_text_is_cut_between_words_and_then_left_out() -> None:
    assert lines(43)[0] == "  space  pause     Pause the training .."
    assert lines(42) == ["  space  pause", ">   ↑ +  alpha up", "         stats"]


def test_given_fewer_rows_when_drawn_then_the_selected_one_is_among_them() -> None:
    assert lines(42, selected=2, rows=1) == [">        stats"]
    assert lines(42, selected=0, rows=1) == ["> space  pause"]


def test_given_any_selection_when_drawn_then_it_alone_is_reversed() -> None:
    picture = draw_choices(CHOICES, 1, 3, 60, PALETTE)
    assert [bool((row & REVERSE).all()) for row in picture.pens] == [False, True, False]


def test_given_nothing_when_drawn_then_it_says_so() -> None:
    assert draw_choices([], 0, 1, 30, PALETTE).lines() == ["  nothing is called that      "]


def test_given_a_text_when_shortened_then_whole_words_stay() -> None:
    assert shortened("Pause the training, or go on", 22) == "Pause the training .."
    assert shortened("Pause", 5) == "Pause"
