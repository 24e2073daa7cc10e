"""What of a trainer's state is still true once it learns other data."""

import math

import msgspec

from engine.config.training_config import TrainingConfig
from engine.data.batches import batch_size_of
from engine.data.dataset import Dataset
from engine.training.epochs import EpochCount
from engine.training.schedules import PlateauState
from engine.training.stop_conditions import PatienceState
from engine.training.trainer_state import TrainerState


def on_other_data(state: TrainerState, config: TrainingConfig, dataset: Dataset) -> TrainerState:
    """`state`, to go on from on `dataset`, the data of `config`: with the same parameters and the same
    that the optimizer has gathered.

    No loss so far is one of these data: the present state is the best from here on, and what waits for
    a loss waits anew. A run that diverged still goes back to its best state.
    """
    step, samples = state.learned.step, dataset.train.y.size
    epochs = EpochCount.of(state.batch_sizes, state.sample_counts)
    epochs.change(step, batch_size_of(samples, config.batch_size), samples)
    return msgspec.structs.replace(
        state,
        config=config,
        best=state.learned if state.divergence is None else state.best,
        best_loss=math.inf,
        losses=state.losses._replace(since_interval=(0.0, 0)),
        plateau=PlateauState(factor=state.plateau.factor),
        patience=PatienceState(since=step if config.patience is not None else 0),
        stopped="",
        batch_sizes=epochs.sizes,
        sample_counts=epochs.samples,
    )
