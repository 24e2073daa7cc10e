"""The lines of status and keys: literal, in fixed places, never overlapping."""

import re

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.config.checks import FULL_SPEED
from engine.config.training_config import TrainingConfig
from engine.messages.run_state import State
from engine.messages.snapshot import Figures, Snapshot
from helpers.snapshots import THREE, TWO, VALUES
from tui.charts.bars import Key, draw_bar, draw_header, draw_keys, draw_status
from tui.drawing.glyphs import ASCII, UNICODE, Glyphs
from tui.drawing.palette import Palette
from tui.drawing.picture import Picture
from tui.themes import NIGHT

PALETTE = Palette.from_variables(NIGHT.variables, textured=False)

untimed = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])

SNAPSHOT = TWO.snapshot(
    config=TrainingConfig(),
    step=12_340,
    total_steps=20_000,
    num_points=200,
    train=Figures(0.0432, accuracy=0.987),
    test=Figures(0.061, accuracy=1.0),
)
LONG = {"step": 123_456_789_012, "total_steps": 10**12, "steps_per_second": 20_000.0}
FIGURES = " train 0.0432  98.7%   test 0.0610 100.0% "

WORDS = "one", "two", "three", "four", "five", "six"
KEYS = [Key(letter, word, f"do_{word}") for letter, word in zip("abcdef", WORDS, strict=True)]


def with_(**changes: object) -> Snapshot:
    return msgspec.structs.replace(SNAPSHOT, **changes)


def status(
    snapshot: Snapshot | None, columns: int, notice: str = "", glyphs: Glyphs = UNICODE
) -> list[str]:
    return draw_status(snapshot, notice, columns, PALETTE, glyphs).lines()


def keys(columns: int) -> str:
    return draw_keys(KEYS, columns, PALETTE)[0].lines()[0]


def test_given_120_columns_when_the_status_is_drawn_then_it_is_this() -> None:
    bar = "━" * 41 + "╸" + "─" * 26
    left = " alpha 0.25       50 steps/frame           980 steps/s"
    assert status(SNAPSHOT, 120) == [
        f" running   step 12,340 / 20,000  {bar}  61%    0:08 left ",
        left + FIGURES.rjust(120 - len(left)),
    ]


def test_given_80_columns_when_the_status_is_drawn_then_it_is_this() -> None:
    assert status(SNAPSHOT, 80) == [
        " running   step 12,340 / 20,000  ━━━━━━━━━━━━━━━━━───────────  61%    0:08 left ",
        " alpha 0.25       50/frame     980/s  " + FIGURES,
    ]
    bar = "=================..........."
    assert bar in status(SNAPSHOT, 80, glyphs=ASCII)[0]


@pytest.mark.parametrize("state", list(State))
def test_given_a_state_when_the_status_is_drawn_then_it_is_named_and_time_counts_down_while_running(
    state: State,
) -> None:
    line = status(with_(state=state), 80)[0]
    assert line.startswith(f" {state.value} ")
    assert line.endswith(" 0:08 left ") == (state is State.RUNNING)


@pytest.mark.parametrize("changes", [{"steps_per_second": 0.0}, {"step": 20_000}])
def test_given_no_known_rate_when_the_status_is_drawn_then_no_time_is_left(
    changes: dict[str, object],
) -> None:
    assert "left" not in status(with_(**changes), 80)[0]


def test_given_no_run_yet_when_the_status_is_drawn_then_it_is_this() -> None:
    assert [line.strip() for line in status(None, 40)] == ["starting", ""]
    assert [line.strip() for line in status(None, 40, "no data")] == ["no data", ""]


@pytest.mark.parametrize("columns", [80, 120])
def test_given_a_notice_when_the_status_is_drawn_then_it_takes_the_place_of_the_bar(
    columns: int,
) -> None:
    """Given a notice, then it is read whole, the state before it, and the figures stay."""
    line, figures = status(SNAPSHOT, columns, "alpha must be above 0")
    assert "alpha must be above 0" in line
    assert line.startswith(" running ")
    assert "━" not in line
    assert figures == status(SNAPSHOT, columns)[1]


snapshots = st.builds(
    with_,
    step=st.integers(0, 19_999),
    steps_per_second=st.floats(200, 2e5),
    train=st.builds(Figures, st.floats(0, 35), st.floats(0, 1)),
    test=st.builds(Figures, st.floats(0, 35), st.floats(0, 1)),
)


@pytest.mark.parametrize("columns", [80, 120])
@given(one=snapshots, other=snapshots)
@untimed
def test_given_two_moments_of_a_run_when_drawn_then_only_digits_move(
    columns: int, one: Snapshot, other: Snapshot
) -> None:
    for label in ("running", "step", "/ 20,000", "%", "left", "alpha", "/s", "train", "test"):
        places = [
            [[match.start() for match in re.finditer(label, line)] for line in lines]
            for lines in (status(one, columns), status(other, columns))
        ]
        assert places[0] == places[1], label


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (LONG, "123,456,789,012 / 1,000,000,000,000 "),
        ({"alpha": 0.00015}, "alpha 0.00015 "),
        ({"pace": 500, "steps_per_second": 9_800.0}, " 500/frame  9,800/s "),
        ({"pace": FULL_SPEED, "steps_per_second": 0.0}, " full speed     -/s "),
        (
            {"train": Figures(34.54, 0.987), "test": Figures(1e9, 1.0)},
            "train 34.540  98.7%   test    1e9 ",
        ),
        ({"train": Figures(float("nan"), 0.987)}, "train      - "),
    ],
)
def test_given_long_numbers_when_drawn_at_80_columns_then_they_are_read_whole(
    changes: dict[str, object], expected: str
) -> None:
    assert expected in "\n".join(status(with_(**changes), 80))


@pytest.mark.parametrize(
    ("changes", "expected", "columns"),
    [
        (LONG, " 12% ", 80),
        (LONG, " 12% ", 120),
        ({"total_steps": 10**9}, "  0% ", 120),
        ({"alpha": 1.2345678901e-05}, "e-05", 80),
        ({"pace": 1_000, "steps_per_second": 20_000.0}, "1k/frame   20.0k/s", 80),
        ({"pace": 1_000_000}, "/frame ", 80),
        ({"pace": 1_000_000}, "/frame ", 120),
    ],
)
def test_given_values_at_their_limits_when_drawn_then_no_two_fields_overlap(
    changes: dict[str, object], expected: str, columns: int
) -> None:
    """Given values at their limits, then each is read whole, or said more shortly."""
    assert expected in "\n".join(status(with_(**changes), columns))


def test_given_a_whole_percent_when_drawn_then_it_is_not_lost() -> None:
    assert "  29% " in status(with_(step=29, total_steps=100), 80)[0]


@pytest.mark.parametrize("columns", range(60, 80))
def test_given_a_narrow_terminal_when_drawn_then_each_figure_is_whole_or_left_out(
    columns: int,
) -> None:
    line = status(SNAPSHOT, columns)[1]
    assert line.startswith(" alpha 0.25 ")
    assert line.endswith(FIGURES)
    rest = line[len(" alpha 0.25") : -len(FIGURES)]
    assert rest.split() in ([], ["50/frame"], ["50/frame", "980/s"])


@pytest.mark.parametrize(
    ("columns", "begins"),
    [
        (60, " running   step   123,456,789,012                         12% "),
        (71, " running   step   123,456,789,012                         12% "),
        (72, " running   step   123,456,789,012 / 1,000,000,000,000"),
    ],
)
def test_given_a_long_run_when_drawn_narrowly_then_its_share_is_said_in_place_of_its_length(
    columns: int, begins: str
) -> None:
    line = status(with_(**LONG), columns)[0]
    assert re.sub(" +", " ", line).startswith(re.sub(" +", " ", begins))
    assert line.endswith("  12%    >99d left ")


@given(
    st.integers(0, 300),
    st.sampled_from([SNAPSHOT, with_(**LONG), with_(pace=1_000_000, alpha=1.2345678901e-05)]),
    st.sampled_from(["", "training has ended"]),
    st.sampled_from([UNICODE, ASCII]),
)
@untimed
def test_given_any_width_when_drawn_then_nothing_overflows(
    columns: int, snapshot: Snapshot, notice: str, glyphs: Glyphs
) -> None:
    lines = [
        *status(snapshot, columns, notice, glyphs),
        *draw_header(SNAPSHOT, columns, PALETTE).lines(),
        keys(columns),
    ]
    assert [len(line) for line in lines] == [columns] * 4
    assert all(line.isascii() for line in lines) or not glyphs.ascii_only


@pytest.mark.parametrize(
    ("share", "bar"),
    [(0, "──────"), (0.08, "──────"), (0.09, "╸─────"), (0.5, "━━━───"), (0.99, "━━━━━╸"), (1, "━━━━━━")],
)  # fmt: skip
def test_given_a_share_when_the_bar_is_drawn_then_it_fills_in_half_cells(
    share: float, bar: str
) -> None:
    picture = Picture.blank(1, 8)
    draw_bar(picture, 0, 1, 6, share, PALETTE, UNICODE)
    assert picture.lines() == [f" {bar} "]


@pytest.mark.parametrize(
    ("columns", "line"),
    [
        (60, " a one  b two  c three  d four  e five  f six"),
        (46, " a one  b two  c three  d four  e five  f six"),
        (45, " a one b two c three d four e five f six"),
        (40, " a one b two c three e five f six"),
        (30, " a one b two e five f six"),
        (20, " a one e five f six"),
        (19, " e five f six"),
        (8, " e five "),
    ],
)
def test_given_too_few_columns_when_keys_are_drawn_then_those_in_the_middle_go_and_the_last_two_stay(
    columns: int, line: str
) -> None:
    assert keys(columns) == line.ljust(columns)


@given(st.integers(1, 120), st.integers(0, 6))
@untimed
def test_given_any_width_when_keys_are_drawn_then_their_places_are_where_they_lie(
    columns: int, count: int
) -> None:
    """Given any width, then each place holds its key's text, in order and apart."""
    picture, places = draw_keys(KEYS[:count], columns, PALETTE)
    before = 0
    for begin, end, action in places:
        key = next(key for key in KEYS if key.action == action)
        text = f"{key.display} {key.label}"[: max(columns - begin, 0)]
        assert picture.lines()[0][begin:end] == text
        assert begin > before
        before = end


@pytest.mark.parametrize(
    ("glyphs", "columns", "figures"),
    [
        (UNICODE, 80, "  train 0.0107 R² .94   test 0.0146 R² .93 "),
        (ASCII, 80, "  train 0.0107 R2 .94   test 0.0146 R2 .93 "),
        (UNICODE, 120, "  train 0.0107 rmse 0.1035 R² .94   test 0.0146 rmse 0.1209 R² .93 "),
    ],
)
def test_given_values_when_the_status_is_drawn_then_they_have_other_figures_than_classes(
    glyphs: Glyphs, columns: int, figures: str
) -> None:
    assert status(VALUES.snapshot(), columns, glyphs=glyphs)[1].endswith(figures)


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        (Figures(2.9e7, rmse=5385.16, r2=-0.25), "train 2.90e7 rmse 5385.2 R²-.25 "),
        (Figures(4.3e-9, rmse=6.6e-5, r2=0.9999), "train 4.3e-9 rmse 6.6e-5 R² 1.0 "),
        (
            Figures(float("nan"), rmse=float("inf"), r2=float("-inf")),
            "train      - rmse    inf R²   - ",
        ),
        (Figures(0.5), "train 0.5000 rmse      -      - "),
    ],
)
def test_given_values_of_any_size_when_the_status_is_drawn_then_no_figure_is_cut(
    figures: Figures, expected: str
) -> None:
    assert expected in status(VALUES.snapshot(train=figures), 120)[1]


def test_given_batches_when_the_status_is_drawn_then_epochs_stand_beside_the_steps() -> None:
    """Given batches and room, then epochs are told; with the full batch, an epoch is a step."""
    line = status(THREE.snapshot(epochs=12.34), 120)[0]
    assert line.startswith(" running   step 1,200 / 2,000  epoch 12.3     ━━")
    assert "epoch 98.8k  " in status(THREE.snapshot(epochs=98_765.6), 120)[0]
    assert "epoch" not in status(THREE.snapshot(), 80)[0]
    assert "epoch" not in status(SNAPSHOT, 120)[0]


@pytest.mark.parametrize(
    ("columns", "line"),
    [
        (120, " alpha 0.25      now 0.0312   50/frame     980/s "),
        (80, " alpha 0.25      now 0.0312 "),
        (69, " alpha 0.25   "),
    ],
)
def test_given_a_schedule_when_the_status_is_drawn_then_it_says_what_has_become_of_alpha(
    columns: int, line: str
) -> None:
    assert status(with_(alpha_now=0.03123), columns)[1].startswith(line)


@pytest.mark.parametrize("columns", [80, 120])
def test_given_a_run_that_is_done_early_when_the_status_is_drawn_then_it_says_why(
    columns: int,
) -> None:
    why = "the training loss is below 0.05"
    assert why in status(with_(state=State.DONE, stopped=why), columns)[0]
    assert why not in status(with_(state=State.PAUSED, stopped=why), columns)[0]
    assert "no data" in status(with_(state=State.DONE, stopped=why), columns, "no data")[0]
