"""The effect of commands that change the data by hand, while the network goes on."""

from typing import TYPE_CHECKING

from engine.config.changes import changed
from engine.config.check_config import check_fits
from engine.config.training_config import TrainingConfig
from engine.data.dataset import Dataset
from engine.data.edited import with_point, without_point
from engine.errors import ConfigError
from engine.messages.commands import AddPoint, NewData, RemovePoint
from engine.messages.snapshot import MOST_DRAWN
from engine.probes.data_points import plane_of
from engine.probes.nearest import nearest_point
from engine.run.effects import carry_out, enough_memory, loaded, with_digest
from engine.training.other_data import on_other_data
from engine.training.trainer import Trainer

if TYPE_CHECKING:
    from engine.run.run import Run


@carry_out.register(AddPoint)
def _(command: AddPoint, run: "Run") -> None:
    dataset, config = run.trainer.dataset, run.trainer.config
    with enough_memory():
        edited = with_point(
            dataset,
            plane_of(dataset.task, config.plane),
            (command.across, command.up),
            command.label,
            test=command.test,
            most_drawn=MOST_DRAWN,
        )
    _go_on_with(run, config, edited)


@carry_out.register(RemovePoint)
def _(command: RemovePoint, run: "Run") -> None:
    drawn = run.points.test_x if command.test else run.points.train_x
    found = nearest_point(drawn, run.points.bounds, (command.across, command.up))
    with enough_memory():
        edited = without_point(run.trainer.dataset, found.number, test=command.test)
    _go_on_with(run, run.trainer.config, edited)


@carry_out.register(NewData)
def _(command: NewData, run: "Run") -> None:
    config = changed(run.trainer.config, {"data_seed": command.seed})
    dataset = loaded(config)
    config = with_digest(config, dataset)
    check_fits(config, dataset.task)
    if dataset.task != run.trainer.dataset.task:
        raise ConfigError("data-seed", "the data of that seed are about something else")
    _go_on_with(run, config, dataset)


def _go_on_with(run: "Run", config: TrainingConfig, dataset: Dataset) -> None:
    """Let the same network go on, on `dataset`; if that fails, nothing has changed."""
    with enough_memory():
        state = on_other_data(run.trainer.state(), config, dataset)
        trainer = Trainer.from_state(state, dataset)
    run.trainer = trainer
    run.observe_anew()
