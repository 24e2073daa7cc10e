"""How often a run measures its test loss."""

from engine.config.training_config import TrainingConfig
from engine.data.dataset import Dataset

EVALUATION_INTERVAL = 50
"""Updates between two recorded test losses, fewer at the beginning of a run."""

SHARE = 0.2
"""Of the points that updates take in, those that a test loss may take in at most."""


def interval_for(config: TrainingConfig, dataset: Dataset) -> int:
    """The updates between two recorded test losses of a run on `dataset`: more of them where many test
    points would take more time than the small batches do.
    """
    if config.batch_size is None:
        return EVALUATION_INTERVAL
    batch = min(config.batch_size, dataset.train.y.size)
    learned = EVALUATION_INTERVAL * batch * SHARE
    return EVALUATION_INTERVAL * max(-int(-dataset.test.y.size // learned), 1)
