"""`moonwalk data`: the data sets there are, or one of them, or a file, as a run would learn it."""

import shutil
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from engine.config.data_sets import DATA_SETS, DataSet
from engine.config.setting import entries_of
from engine.config.settings import LEARNED
from tui.cli.exit_codes import DONE
from tui.cli.options import (
    TRAINING,
    CommandOptions,
    SettingOption,
    help_option,
    option_named,
    training_config,
)
from tui.terminal import capabilities

if TYPE_CHECKING:
    from engine.config.training_config import TrainingConfig
    from engine.messages.data_summary import DataSummary

LEAST_WIDTH, GREATEST_WIDTH = 40, 80

THUMBNAIL_COMPONENTS = 2
"""Principal components over which the points of more than two inputs are shown in the list."""


def data_command() -> click.Command:
    """Show the data sets, or one of them."""
    return click.Command(
        "data",
        callback=show_data,
        short_help="Show the data sets, or one, or how a file is read.",
        help="Show the data sets. With a NAME or a FILE, show its points and what a run would learn"
        " of them, by the same options as a run.",
        params=[
            click.Argument(
                ["data"], metavar="[NAME|FILE]", required=False, shell_complete=_completed
            ),
            *(
                SettingOption(entry, decides_run=True)
                for entry in entries_of(TRAINING)
                if entry.setting.heading == LEARNED and entry.field != "data"
            ),
            option_named(CommandOptions, "ascii"),
            option_named(CommandOptions, "json"),
            help_option(),
        ],
        add_help_option=False,
        context_settings={"max_content_width": 80},
    )


def _completed(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The data sets, each with what it is; else files."""
    names = [
        CompletionItem(one.name, help=one.help)
        for one in DATA_SETS.values()
        if one.name.startswith(incomplete)
    ]
    return names or [CompletionItem(incomplete, type="file")]


def show_data(data: str | None, **values: Any) -> int:
    """Print the list, or what is known of `data`; returns the exit code."""
    from tui.cli.output import json_text

    if data is None:
        config = config_of("moons", values)  # what is wrong with an option is told in any case
        if values["json"]:
            click.echo(json_text([figures_of(one) for one in DATA_SETS.values()]))
        else:
            _print_list(config.seed_of_data, capabilities.needs_ascii(values["ascii"]))
        return DONE
    from engine.storage.describe_data import describe_data
    from tui.cli.data_source import STDIN, readable_data

    config = readable_data(config_of(data, values), opens_dashboard=False)
    summary = describe_data(config)
    if values["json"]:
        click.echo(json_text(summary_figures(data, summary)))
        return DONE
    from tui.charts.data.facts import draw_data_facts
    from tui.drawing.glyphs import glyphs_for
    from tui.drawing.palette import PRINTED
    from tui.headless.print_picture import print_picture

    glyphs = glyphs_for(capabilities.needs_ascii(values["ascii"]))
    name = "stdin" if data == STDIN else data
    print_picture(draw_data_facts(name, summary, _columns() - 2, PRINTED, glyphs))
    return DONE


def config_of(data: str, values: Mapping[str, Any]) -> "TrainingConfig":
    """A run that learns `data` as `values` say, with everything else as usual."""
    known = {entry.field for entry in entries_of(TRAINING)}
    return training_config({k: v for k, v in values.items() if k in known} | {"data": data})


def _print_list(seed: int, ascii_only: bool) -> None:
    from engine.storage.describe_data import describe_data
    from tui.charts.data.list import draw_data_list
    from tui.drawing.glyphs import glyphs_for
    from tui.drawing.palette import PRINTED
    from tui.headless.print_picture import print_picture

    drawn = []
    for data_set in DATA_SETS.values():
        pca = THUMBNAIL_COMPONENTS if data_set.inputs > THUMBNAIL_COMPONENTS else None
        config = config_of(data_set.name, {"pca": pca, "seed": seed})
        drawn.append((data_set, describe_data(config).points))
    picture = draw_data_list(drawn, _columns(), PRINTED, glyphs_for(ascii_only))
    print_picture(picture)


def figures_of(data_set: DataSet) -> dict[str, Any]:
    """What the table says of a data set."""
    return {
        "data": data_set.name,
        "problem": data_set.problem,
        "about": data_set.help,
        "inputs": data_set.inputs,
        "classes": data_set.classes,
        "points": data_set.samples,
        "noise": data_set.noise,
        "most_noise": data_set.most_noise,
        "noise_means": data_set.noise_means,
    }


def summary_figures(data: str, summary: "DataSummary") -> dict[str, Any]:
    """What is known of data that were loaded; null where it means nothing."""
    points, task = summary.points, summary.points.task
    return {
        "data": data,
        "problem": task.problem,
        "points": summary.num_points,
        "train": points.train_count,
        "test": points.test_count,
        "target": task.target,
        "classes": dict(zip(task.classes, summary.class_counts, strict=True)) or None,
        "values": list(points.value_range) if task.is_regression else None,
        "inputs": {one.name: [one.least, one.greatest] for one in summary.inputs},
        "features": list(task.features),
        "left_out": summary.left_out,
        "ignored": list(summary.ignored),
        "sha256": summary.digest or None,
    }


def _columns() -> int:
    found = shutil.get_terminal_size((GREATEST_WIDTH, 24)).columns
    return min(max(found, LEAST_WIDTH), GREATEST_WIDTH)
