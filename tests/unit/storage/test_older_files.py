"""Files that the first version wrote are read by this one, and come to the same."""

from engine.config.edits import NO_EDITS
from engine.config.training_config import TrainingConfig
from engine.messages.commands import Extend
from engine.run.command_log import End
from engine.storage import checkpoint, recording
from helpers.data import DATA_FOLDER

SHA256 = "5c9c8727a9ad30a4a22041e70e7faf79c8e5a4ec1c9beb7899443b2864124ce0"
"""Of the parameters, as the version that wrote both files printed it."""

CONFIG = TrainingConfig(steps=300, layers=(4,), samples=40, seed=5)


def test_given_a_checkpoint_of_the_first_version_when_loaded_then_all_of_it_is_there() -> None:
    run = checkpoint.load(DATA_FOLDER / "version1.npz")

    assert run.trainer.network.sha256() == SHA256
    assert (run.config, run.trainer.config) == (CONFIG, CONFIG)
    assert (run.trainer.step, run.trainer.total_steps) == (300, 300)
    assert (run.trainer.losses.train.count, run.trainer.losses.test.count) == (300, 6)
    assert run.trainer.losses.early.state() == []
    assert run.commands == []
    assert run.trainer.edits == NO_EDITS


def test_given_a_checkpoint_of_the_first_version_when_saved_again_then_the_same_run() -> None:
    run = checkpoint.load(DATA_FOLDER / "version1.npz")

    again = checkpoint.decode(checkpoint.encode(run))
    for one in (run, again):
        one.apply(Extend(100))
        one.advance(100)

    assert run.trainer.step == again.trainer.step == 400
    assert again.trainer.network.sha256() == run.trainer.network.sha256() != SHA256


def test_given_a_recording_of_the_first_version_when_loaded_then_all_of_it_is_there() -> None:
    found = recording.load(DATA_FOLDER / "version1.jsonl")

    assert found.config == CONFIG
    assert found.commands == []
    assert found.end == End(300, SHA256)
