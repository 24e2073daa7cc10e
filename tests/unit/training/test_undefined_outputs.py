"""Outputs that are no numbers are a divergence: no NaN becomes a loss."""

import numpy as np
import pytest

from engine.training.trainer import Phase
from helpers.runs import new_run


class TestOutputsThatAreNoNumbers:
    @pytest.mark.parametrize("cuts", [[1], [7, 50], [1_000]])
    def test_given_points_out_of_range_when_trained_then_it_diverges_wherever_it_is_cut(
        self, cuts: list[int]
    ) -> None:
        run = new_run()
        run.advance(120)
        trainer = run.trainer
        trainer.take_gradient().inputs[:, 0] = np.inf, -np.inf  # that of every full batch
        before = trainer.network.sha256()

        for length in cuts * 3:
            trainer.advance(length)

        assert trainer.phase is Phase.DIVERGED
        assert (trainer.step, trainer.network.sha256()) == (120, before)
        assert str(trainer.divergence) == (
            "with alpha 0.25, outputs of layer 2 would be no numbers at step 121"
        )
        assert np.isfinite(trainer.losses.train.buckets).all()

    def test_given_test_points_out_of_range_when_the_next_loss_is_due_then_it_diverges(
        self,
    ) -> None:
        run = new_run()
        run.advance(122)
        run.trainer.test_side.cache.inputs[:, 0] = np.inf, -np.inf

        assert run.advance(1_000) == 3

        assert run.trainer.phase is Phase.DIVERGED
        assert np.isfinite(run.trainer.losses.test.buckets).all()
