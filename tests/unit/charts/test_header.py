"""The header: what is trained, each fact whole or left out."""

import re

import msgspec
import pytest

from engine.config.training_config import TrainingConfig
from engine.messages.snapshot import Figures, Snapshot
from helpers.snapshots import CURVE, THREE, TWO, VALUES, Problem
from tui.charts.bars import draw_header
from tui.drawing.palette import Palette
from tui.themes import NIGHT

PALETTE = Palette.from_variables(NIGHT.variables, textured=False)


SNAPSHOT = TWO.snapshot(
    config=TrainingConfig(),
    step=12_340,
    total_steps=20_000,
    num_points=200,
    train=Figures(0.0432, accuracy=0.987),
    test=Figures(0.061, accuracy=1.0),
)

SLOW_LINE = "slow line: a frame takes 2 s"
FACTS = " moonwalk   make_moons 2-16-16-1   sgd, full batch   exact rule   seed 0"


def with_(**changes: object) -> Snapshot:
    return msgspec.structs.replace(SNAPSHOT, **changes)


def header(columns: int, **config: object) -> str:
    snapshot = with_(config=TrainingConfig(**config))
    return draw_header(snapshot, columns, PALETTE).lines()[0]


@pytest.mark.parametrize("columns", [80, 120])
def test_given_a_width_when_the_header_is_drawn_then_it_is_this(columns: int) -> None:
    facts = FACTS
    counts = "200 points " if columns > 80 else ""
    assert header(columns) == facts + counts.rjust(columns - len(facts))


def test_given_an_unusual_initialization_when_the_header_is_drawn_then_it_is_named() -> None:
    line = header(80, layers=(8,), initialization="glorot", seed=7)
    assert line.startswith(
        " moonwalk   make_moons 2-8-1   glorot init   sgd, full batch   exact rule "
    )


@pytest.mark.parametrize(
    ("columns", "facts"),
    [
        (
            100,
            "make_moons 2-256-256-1   sgd, full batch   article rule   seed 123456789     200 points",
        ),
        (98, "make_moons 2-256-256-1   sgd, full batch   article rule   seed 123456789"),
        (85, "make_moons 2-256-256-1   sgd, full batch   article rule   seed 123456789"),
        (84, "make_moons 2-256-256-1   sgd, full batch   article rule"),
        (68, "make_moons 2-256-256-1   sgd, full batch   article rule"),
        (67, "make_moons 2-256-256-1   sgd, full batch"),
        (53, "make_moons 2-256-256-1   sgd, full batch"),
        (52, "make_moons 2-256-256-1"),
        (49, "make_moons 2-256-256-1"),
        (30, "make_moons 2-25.."),
        (13, ""),
    ],
)
def test_given_long_facts_when_the_header_is_drawn_then_each_is_whole_or_left_out(
    columns: int, facts: str
) -> None:
    article = {"rule": "article", "initialization": "article"}
    line = header(columns, layers=(256, 256), seed=123_456_789, **article)
    assert line.split("moonwalk", 1)[1].strip() == facts


def test_given_no_run_yet_when_the_header_is_drawn_then_it_says_what_it_waits_for() -> None:
    assert draw_header(None, 30, PALETTE).lines() == [" moonwalk   loading the data  "]


def test_given_a_narrow_header_when_drawn_then_the_points_go_before_they_touch_the_facts() -> None:
    for columns in range(1, 121):
        line = header(columns)
        assert len(line) == columns
        assert "points" not in line or re.search(r"seed 0 {4,}200 points $", line)


@pytest.mark.parametrize(
    ("columns", "stats", "left"),
    [
        (
            120,
            "",
            " moonwalk   make_moons 2-16-16-1   sgd, full batch   exact rule   seed 0{:6}200 points",
        ),
        (100, "10 kB/s", " moonwalk   make_moons 2-16-16-1   sgd, full batch{:11}10 kB/s"),
        (80, "10 kB/s", " moonwalk   make_moons 2-16-16-1{:9}10 kB/s"),
        (60, "", " moonwalk   make_moons 2-1.."),
        (40, "", ""),
        (29, "", ""),
    ],
)
def test_given_a_slow_line_when_the_header_is_drawn_then_all_else_makes_room(
    columns: int, stats: str, left: str
) -> None:
    drawn = draw_header(SNAPSHOT, columns, PALETTE, stats, line_notice=SLOW_LINE)
    room = columns - len(SLOW_LINE) - 1
    assert drawn.lines() == [f"{left.format(''):<{room}}{SLOW_LINE} "]
    assert drawn.pens[0, room] == PALETTE.alarm


def test_given_a_slow_line_and_no_run_yet_when_the_header_is_drawn_then_both_are_told() -> None:
    line = draw_header(None, 60, PALETTE, line_notice=SLOW_LINE).lines()[0]
    assert line == f" moonwalk   loading the data   {SLOW_LINE} "


@pytest.mark.parametrize(
    ("problem", "facts"),
    [
        (THREE, "iris 4-8-3   tanh   adam, batch 10   exact rule   seed 0"),
        (VALUES, "plane 2-8-1   tanh   sgd, batch 10   exact rule   seed 0"),
        (CURVE, "sine 1-16-1   tanh   sgd, full batch   exact rule   seed 0"),
    ],
)
def test_given_any_problem_when_the_header_is_drawn_then_it_names_data_network_optimizer_and_batch(
    problem: Problem, facts: str
) -> None:
    line = draw_header(problem.snapshot(), 80, PALETTE).lines()[0]
    assert line.startswith(f" moonwalk   {facts} ")
