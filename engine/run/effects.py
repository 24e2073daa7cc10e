"""The effect of each command on a run."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import singledispatch
from typing import TYPE_CHECKING

import msgspec

from engine.config.changes import DIGEST, changed, changes_data
from engine.config.check_config import check_fits
from engine.config.edit_places import check_hidden, check_place
from engine.config.edits import Place
from engine.config.training_config import TrainingConfig
from engine.data.dataset import Dataset
from engine.data.load import load_dataset
from engine.errors import ConfigError, FileError
from engine.messages.commands import (
    Adjust,
    Command,
    Configure,
    Extend,
    Freeze,
    MakeSteps,
    Pause,
    Reset,
    RestoreCourse,
    Resume,
    Rewind,
    SetAlpha,
    SetPace,
    SetParameter,
    SwitchNode,
)
from engine.network.transplant import layer_shapes
from engine.run.ghost import ghost_of
from engine.training.trainer import Trainer

if TYPE_CHECKING:
    from engine.run.run import Run


@singledispatch
def carry_out(command: Command, _run: "Run") -> Command | None:
    """Do to a run what `command` says; ConfigError if that is not allowed, or if no run can do it.

    Returns what is to be recorded, if it is another command.
    """
    raise ConfigError(command.recorded_as or "command", "a run cannot do that")


@carry_out.register(Pause)
def _(_: Pause, run: "Run") -> None:
    run.paused = True


@carry_out.register(Resume)
def _(_: Resume, run: "Run") -> None:
    run.paused = False


@carry_out.register(MakeSteps)
def _(command: MakeSteps, run: "Run") -> None:
    run.paused = True
    run.make(command.count)


@carry_out.register(SetAlpha)
def _(command: SetAlpha, run: "Run") -> None:
    run.trainer.set_alpha(command.alpha)


@carry_out.register(SetPace)
def _(command: SetPace, run: "Run") -> None:
    run.set_pace(command.pace)


@carry_out.register(Reset)
def _(command: Reset, run: "Run") -> None:
    trainer = run.trainer
    config, data = trainer.config, trainer.dataset
    if command.seed not in (None, config.seed):
        config = changed(config, {"seed": command.seed})
        data = loaded(config)
    run.give_up(keeps=command.keeps)
    trainer.reset(config, data)
    if command.alpha is not None:
        trainer.set_alpha(command.alpha)
    run.start_anew()


@carry_out.register(Adjust)
def _(command: Adjust, run: "Run") -> None:
    changes, dataset = dict(command.changes), run.trainer.dataset
    alpha, steps = changes.pop("alpha", None), changes.get("steps")
    config = changed(run.trainer.config, changes)
    check_fits(config, dataset.task)
    with enough_memory():  # a copy is adjusted: if that fails, nothing has changed
        trainer = Trainer.from_state(run.trainer.state(), dataset)
        if steps is not None:
            trainer.set_total(steps)
        if alpha is not None:
            trainer.set_alpha(alpha)
        trainer.adjust(config)
    run.trainer = trainer
    run.observe_anew()


@carry_out.register(Configure)
def _(command: Configure, run: "Run") -> Command:
    trainer = run.trainer
    config = changed(trainer.config, command.changes)
    data = loaded(config) if changes_data(command.changes) else trainer.dataset
    config = with_digest(config, data)
    check_fits(config, data.task)
    alpha = config.alpha if "alpha" in command.changes else trainer.restart_alpha
    with enough_memory():
        begun = Trainer(config, data)
    begun.set_alpha(alpha)
    run.give_up(keeps=command.keeps)
    run.trainer = begun
    run.start_anew()
    if not config.data_digest:
        return command
    changes = command.changes | {DIGEST: config.data_digest}
    return Configure(changes, command.keeps)


@carry_out.register(RestoreCourse)
def _(_: RestoreCourse, run: "Run") -> None:
    kept = run.kept
    if kept is None:
        raise ConfigError("restore", "no course was given up before")
    run.kept = run.present_course(newer=not kept.newer)
    run.given_up = run.kept or run.given_up
    run.ghost = ghost_of(run.trainer)
    run.trainer = Trainer.from_state(kept.trainer, kept.dataset)
    run.start_anew(kept.trained_seconds)


@carry_out.register(Extend)
def _(command: Extend, run: "Run") -> None:
    run.trainer.extend(command.steps)
    run.paused = False


@carry_out.register(Rewind)
def _(command: Rewind, run: "Run") -> None:
    run.trainer.rewind(command.alpha)


@carry_out.register(SetParameter)
def _(command: SetParameter, run: "Run") -> None:
    place = Place(command.layer, command.node, command.input)
    run.trainer.set_parameter(place, command.value)


@carry_out.register(SwitchNode)
def _(command: SwitchNode, run: "Run") -> None:
    trainer = run.trainer
    check_hidden(command.layer, command.node, layer_shapes(trainer.network))
    trainer.edit(trainer.edits.with_node(command.layer, command.node, on=command.on))


@carry_out.register(Freeze)
def _(command: Freeze, run: "Run") -> None:
    trainer, place = run.trainer, Place(command.layer, command.node, command.input)
    check_place(place, layer_shapes(trainer.network))
    trainer.edit(trainer.edits.with_scope(place, command.scope))


def loaded(config: TrainingConfig) -> Dataset:
    """The data of `config`; ConfigError also for a file that cannot be read, or has changed: the run
    goes on without it.
    """
    try:
        return load_dataset(config)
    except FileError as error:
        raise ConfigError("data", str(error)) from error


def with_digest(config: TrainingConfig, dataset: Dataset) -> TrainingConfig:
    """`config` with the digest of the file that `dataset` came from, if it came from one."""
    if dataset.digest == config.data_digest:
        return config
    return msgspec.structs.replace(config, data_digest=dataset.digest)


@contextmanager
def enough_memory() -> Iterator[None]:
    """ConfigError where the memory does not suffice: a run that goes on must not end of that."""
    try:
        yield
    except MemoryError as error:
        raise ConfigError(
            "layers", "not enough memory for this network and these points; take fewer of either"
        ) from error
