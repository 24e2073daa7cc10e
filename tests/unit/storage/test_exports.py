"""Exports: what is in each file, to the last digit."""

import io
import json

import msgspec
import numpy as np
import pytest

from engine.config.setup_string import setup_line
from engine.config.task import Task
from engine.config.training_config import TrainingConfig
from engine.data.dataset import Dataset, Points
from engine.data.load import load_dataset
from engine.data.target_scale import TargetScale
from engine.data.transform import Transform
from engine.errors import ConfigError
from engine.messages.commands import AddPoint, SetAlpha, SwitchNode
from engine.run.run import Run
from engine.storage.exports import losses, points
from engine.storage.exports.export import begin_export
from engine.storage.exports.kinds import EXPORTS
from engine.storage.exports.losses import LossTable, loss_table
from helpers.runs import SMALL, TOO_LARGE, moons, new_run
from tui.cli.options import training_config

NAN = float("nan")


def exported(run: Run, kind: str) -> bytes:
    return EXPORTS[kind].begin(run)()


def arrays_in(data: bytes) -> dict[str, np.ndarray]:
    return dict(np.load(io.BytesIO(data)))


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


class TestWeights:
    def test_given_a_network_when_exported_then_arrays_of_each_layer_with_all_bits(self) -> None:
        run = new_run()
        run.advance(7)
        first, last = run.trainer.network.layers

        arrays = arrays_in(exported(run, "weights"))

        assert {name: array.shape for name, array in arrays.items()} == {
            "layer1.weights": (4, 2),
            "layer1.biases": (4,),
            "layer2.weights": (1, 4),
            "layer2.biases": (1,),
        }
        assert arrays["layer1.weights"].tobytes() == first.weights.tobytes()
        assert arrays["layer2.biases"].tobytes() == last.biases.tobytes()

    @pytest.mark.parametrize(
        ("layers", "shapes"),
        [
            ((), {"0.weight": (1, 2), "0.bias": (1,)}),
            (
                (8, "3:tanh"),
                {
                    "0.weight": (8, 2), "0.bias": (8,),
                    "2.weight": (3, 8), "2.bias": (3,),
                    "4.weight": (1, 3), "4.bias": (1,),
                },
            ),
        ],
        ids=["no hidden layer", "two"],
    )  # fmt: skip
    def test_given_a_network_when_exported_for_pytorch_then_named_as_a_sequential_does(
        self, layers: tuple[int | str, ...], shapes: dict[str, tuple[int, ...]]
    ) -> None:
        run = new_run(TrainingConfig(samples=40, layers=layers, steps=300))

        arrays = arrays_in(exported(run, "pytorch"))

        assert {name: array.shape for name, array in arrays.items()} == shapes
        assert list(arrays) == list(shapes)

    def test_given_names_of_pytorch_when_linear_and_activation_by_turns_then_the_same_outputs(
        self,
    ) -> None:
        run = new_run(TrainingConfig(samples=40, layers=("5:tanh",), steps=300))
        run.advance(50)
        arrays = arrays_in(exported(run, "pytorch"))

        # a Sequential has the linear layers at 0 and 2: x W^T + b, as nn.Linear works it out
        x = run.trainer.dataset.test.x.T
        hidden = np.tanh(x @ arrays["0.weight"].T + arrays["0.bias"])
        outputs = 1.0 / (1.0 + np.exp(-(hidden @ arrays["2.weight"].T + arrays["2.bias"])))

        expected, _ = run.trainer.network.forward(run.trainer.dataset.test.x)
        np.testing.assert_allclose(outputs[:, 0], expected, rtol=1e-12)

    def test_given_a_node_that_is_off_when_exported_then_pytorch_has_the_same_outputs(self) -> None:
        run = new_run()
        run.advance(5)
        run.apply(SwitchNode(0, 2, on=False))
        before = arrays_in(exported(run, "weights"))

        arrays = arrays_in(exported(run, "pytorch"))

        assert arrays["2.weight"][:, 2].tolist() == [0.0]
        assert arrays["2.weight"][:, :2].tolist() == before["layer2.weights"][:, :2].tolist()
        assert arrays["0.weight"].tobytes() == before["layer1.weights"].tobytes()
        assert before["layer2.weights"][0, 2] != 0.0
        off = [layer["off"] for layer in json.loads(exported(run, "network"))["layers"]]
        assert off == [[2], []]

    def test_given_an_export_when_the_run_goes_on_before_it_is_written_then_it_is_as_it_stood(
        self,
    ) -> None:
        run = new_run()
        before = exported(run, "weights")
        encode = EXPORTS["weights"].begin(run)
        run.advance(20)

        assert encode() == before


class TestNetwork:
    def test_given_a_regression_when_exported_then_all_that_a_prediction_needs(self) -> None:
        config = TrainingConfig(
            samples=40, layers=("2:relu:0.1", 3), activation="relu", steps=300, alpha=0.1
        )
        dataset = moons(config)._replace(
            task=Task("regression", ("x", "y"), ("x", "y2"), (), "height"),
            transform=Transform(("x", "y2"), np.array([[1.0], [2.0]]), np.array([[3.0], [4.0]])),
            target=TargetScale(10.0, 2.0),
        )
        run = Run(config, 0, dataset)
        run.advance(3)

        document = json.loads(exported(run, "network"))

        assert document["format"] == "moonwalk network"
        assert document["step"] == 3
        assert document["setup"] == setup_line("moonwalk", config)
        assert document["config"]["alpha"] == 0.1
        assert document["task"]["target"] == "height"
        assert document["inputs"] == {
            "features": ["x", "y2"],
            "center": [1.0, 2.0],
            "scale": [3.0, 4.0],
        }
        assert document["target"] == {"center": 10.0, "scale": 2.0}
        first, second, last = document["layers"]
        assert [first["activation"], first["slope"]] == ["relu", 0.1]
        assert [second["activation"], second["slope"]] == ["relu", 0.05]
        assert (last["activation"], "slope" in last) == ("none", False)
        layer = run.trainer.network.layers[1]
        assert second["weights"] == layer.weights.tolist()
        assert second["biases"] == layer.biases.tolist()

    def test_given_classes_when_exported_then_softmax_and_their_names(self) -> None:
        dataset = load_dataset(config := training_config({"data": "iris", "layers": (3,)}))

        document = json.loads(exported(Run(config, 0, dataset), "network"))

        assert document["layers"][-1]["activation"] == "softmax"
        assert document["task"]["classes"] == ["setosa", "versicolor", "virginica"]


@pytest.mark.parametrize("kind", EXPORTS)
def test_given_a_run_that_diverged_when_exported_then_there_is_a_file_all_the_same(
    kind: str,
) -> None:
    run = new_run(msgspec.structs.replace(SMALL, alpha=TOO_LARGE))
    run.advance(10)

    assert exported(run, kind)


@pytest.mark.parametrize(
    ("kind", "path", "problem"),
    [
        ("gold", "/tmp/x", "export: there is no 'gold', but losses, points, weights, network, pytorch"),
        ("losses", "x.csv", "export: 'x.csv' is no absolute path"),
        ("losses", "/tmp/\0", "export: '/tmp/\\x00' is no absolute path"),
    ],
)  # fmt: skip
def test_given_what_cannot_be_exported_when_wanted_then_one_line_says_so(
    kind: str, path: str, problem: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        begin_export(new_run(), kind, path)
    assert str(caught.value) == problem
