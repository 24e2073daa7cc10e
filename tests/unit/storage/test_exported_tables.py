"""Exported losses and points: what is in each table, to the last digit."""

import msgspec
import numpy as np
import pytest

from engine.config.task import Task
from engine.config.training_config import TrainingConfig
from engine.data.dataset import Dataset, Points
from engine.data.target_scale import TargetScale
from engine.messages.commands import AddPoint, SetAlpha
from engine.storage.exports import losses, points
from engine.storage.exports.losses import LossTable, loss_table
from helpers.exports import exported
from helpers.runs import SMALL, new_run

NAN = float("nan")


class TestLosses:
    def test_given_a_table_when_encoded_then_every_digit_is_there_and_gaps_are_empty(self) -> None:
        table = LossTable(
            first=np.array([0.0, 2.0, 4.0]),
            last=np.array([1.0, 3.0, 4.0]),
            epochs=np.array([0.0, 0.5, 1.0]),
            low=np.array([0.1, 1 / 3, NAN]),
            high=np.array([0.5, 0.4, NAN]),
            mean=np.array([0.3, 0.35, NAN]),
            test=np.array([0.75, NAN, 0.6]),
            alphas=np.array([0.25, 1e-05, 0.125]),
        )

        assert losses.encoded(table).decode() == (
            "step,last_step,epoch,train_loss_low,train_loss_high,train_loss_mean,test_loss,alpha\n"
            "0,1,0.0,0.1,0.5,0.3,0.75,0.25\n"
            "2,3,0.5,0.3333333333333333,0.4,0.35,,1e-05\n"
            "4,4,1.0,,,,0.6,0.125\n"
        )

    def test_given_a_short_run_when_exported_then_a_row_for_each_step_and_its_own_alpha(
        self,
    ) -> None:
        run = new_run()
        run.advance(2)
        run.apply(SetAlpha(0.5))
        run.advance(2)

        rows = [line.split(",") for line in exported(run, "losses").decode().splitlines()[1:]]

        assert [row[:3] for row in rows] == [[str(n), str(n), f"{n}.0"] for n in range(5)]
        assert [row[7] for row in rows] == ["0.25", "0.25", "0.5", "0.5", "0.5"]
        kept = run.trainer.losses.train.reduced(4096)
        assert [float(row[5]) for row in rows[:-1]] == kept.mean.tolist()

    def test_given_a_run_at_its_end_when_exported_then_a_row_for_the_parameters_it_came_to(
        self,
    ) -> None:
        run = new_run()
        run.advance(SMALL.steps)

        *_, before, last = exported(run, "losses").decode().splitlines()

        assert before.startswith("299,299,299.0,")
        train, test = repr(run.evaluation.train.loss), repr(run.evaluation.test.loss)
        assert last == f"300,300,300.0,{train},{train},{train},{test},0.25"

    def test_given_batches_when_exported_then_the_last_row_has_no_loss_of_one(self) -> None:
        run = new_run(msgspec.structs.replace(SMALL, batch_size=10))
        run.advance(4)

        *_, before, last = exported(run, "losses").decode().splitlines()

        assert before.startswith("3,3,1.0,0.")
        assert last.startswith("4,4,1.3333333333333333,,,,0.")

    def test_given_no_update_when_exported_then_one_row(self) -> None:
        assert len(exported(new_run(), "losses").splitlines()) == 2

    def test_given_a_long_run_when_exported_then_rows_of_a_few_steps_each(self) -> None:
        run = new_run(msgspec.structs.replace(SMALL, steps=5_000))
        run.advance(5_000)

        table = loss_table(run.trainer, 0.5, 0.75)

        assert table.first[:3].tolist() == [0.0, 2.0, 4.0]
        assert table.last[:3].tolist() == [1.0, 3.0, 5.0]
        assert table.first[-2:].tolist() == [4_998.0, 5_000.0]
        assert table.last[-2:].tolist() == [4_999.0, 5_000.0]
        assert (table.mean[-1], table.test[-1]) == (0.5, 0.75)
        assert np.all(table.low <= table.mean)
        measured = run.trainer.losses.test.reduced(4096)
        assert table.test[500:-1:25].tolist() == measured.mean[20:].tolist()

    def test_given_a_schedule_when_exported_then_alpha_is_as_it_made_it(self) -> None:
        config = msgspec.structs.replace(SMALL, schedule="step:2:0.5")
        run = new_run(TrainingConfig(**msgspec.structs.asdict(config)))
        run.advance(5)

        assert loss_table(run.trainer, 0.5, 0.5).alphas[:5].tolist() == [
            0.25,
            0.25,
            0.125,
            0.125,
            0.0625,
        ]


class TestPoints:
    def test_given_classes_when_encoded_then_their_names_stand_last(self) -> None:
        dataset = Dataset(
            Points(np.array([[0.1, 2.0], [1 / 3, -4.0]]), np.array([0.0, 1.0])),
            Points(np.array([[7.0], [8.0]]), np.array([1.0])),
            Task("classification", ("a, b", "c"), ("a, b", "c"), ("no", 'say "yes"'), "answer"),
        )

        assert points.encoded(dataset).decode() == (
            '"a, b",c,side,answer\n'
            "0.1,0.3333333333333333,train,no\n"
            '2.0,-4.0,train,"say ""yes"""\n'
            '7.0,8.0,test,"say ""yes"""\n'
        )

    def test_given_values_when_encoded_then_they_are_in_their_own_unit(self) -> None:
        dataset = Dataset(
            Points(np.array([[1.0, 2.0]]), np.array([250.5, 1e6])),
            Points(np.array([[3.0]]), np.array([-0.1])),
            Task("regression", ("hours",), ("hours",), (), "kilowatts"),
            target=TargetScale(100.0, 3.0),
        )

        assert points.encoded(dataset).decode() == (
            "hours,side,kilowatts\n1.0,train,250.5\n2.0,train,1000000.0\n3.0,test,-0.1\n"
        )

    def test_given_a_point_that_was_added_by_hand_when_exported_then_it_is_there(self) -> None:
        run = new_run()
        run.apply(AddPoint(0.5, -0.25, 1.0, test=True))

        rows = exported(run, "points").decode().splitlines()

        assert len(rows) == 1 + 41
        assert "0.5,-0.25,test,1" in rows

    @pytest.mark.parametrize(
        ("wanted", "names"),
        [
            (["x", "y", "side", "class"], ["x", "y", "side", "class"]),
            (["side", "side", "side"], ["side", "side 2", "side 3"]),
            (["side", "side 2", "side"], ["side", "side 2", "side 3"]),
            (["2019", "1,5", "NA"], ["column 2019", "column 1,5", "NA"]),
            (["2019", "column 2019"], ["column 2019", "column 2019 2"]),
        ],
    )
    def test_given_names_when_they_are_numbers_or_twice_there_then_others(
        self, wanted: list[str], names: list[str]
    ) -> None:
        assert points.column_names(wanted) == names
