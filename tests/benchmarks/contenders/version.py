"""The engine of this checkout or of another, with its own Python, in a process of its own.

    python version.py      in a checkout: makes the steps that it is told to, and says what came of them

It uses only what every version has: `TrainingConfig`, `load_dataset`, `Trainer`.
"""

import os
import subprocess
import sys
from pathlib import Path

PYTHON = Path(".venv", "bin", "python")


class Version:
    """The default run of one checkout."""

    def __init__(self, checkout: Path) -> None:
        python = (
            checkout.absolute() / PYTHON
        )  # not resolved: it would be another's without packages
        if not python.exists():
            raise FileNotFoundError(f"{checkout} has no {PYTHON}")
        self._process = subprocess.Popen(
            [python, __file__],
            cwd=checkout,
            env=os.environ | {"PYTHONPATH": str(checkout.absolute())},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.digest = ""
        """Of the parameters after the last turn."""

    def turn(self, steps: int) -> None:
        """Make so many steps."""
        assert self._process.stdin
        assert self._process.stdout
        print(steps, file=self._process.stdin, flush=True)
        self.digest = self._process.stdout.readline().strip()
        if not self.digest:
            raise RuntimeError("the other version has ended")

    def close(self) -> None:
        self._process.communicate()


def serve() -> None:
    """Make the steps of each line, and answer with the digest of the parameters."""
    from engine.config.training_config import TrainingConfig
    from engine.data.load import load_dataset
    from engine.training.trainer import Trainer

    config = TrainingConfig(steps=10**9)
    trainer = Trainer(config, load_dataset(config))
    for line in sys.stdin:
        trainer.advance(int(line))
        print(trainer.network.sha256(), flush=True)


if __name__ == "__main__":
    serve()
