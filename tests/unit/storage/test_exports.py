"""Exported weights and networks: what is in each file, to the last digit; and what cannot be exported."""

import io
import json

import msgspec
import numpy as np
import pytest

from engine.config.setup_string import setup_line
from engine.config.task import Task
from engine.config.training_config import TrainingConfig
from engine.data.load import load_dataset
from engine.data.target_scale import TargetScale
from engine.data.transform import Transform
from engine.errors import ConfigError
from engine.messages.commands import SwitchNode
from engine.run.run import Run
from engine.storage.exports.export import begin_export
from engine.storage.exports.kinds import EXPORTS
from helpers.exports import exported
from helpers.runs import SMALL, TOO_LARGE, moons, new_run
from tui.cli.options import training_config

NAN = float("nan")


def arrays_in(data: bytes) -> dict[str, np.ndarray]:
    return dict(np.load(io.BytesIO(data)))


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
