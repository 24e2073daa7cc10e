"""The table of settings, second part: the network."""

from typing import Annotated, Any

from engine.config.activation_names import ACTIVATIONS, canonical_activation, check_activation
from engine.config.checks import MAX_SEED
from engine.config.data_sets import data_set_named
from engine.config.data_settings import DataSettings
from engine.config.kinds import Choice, Whole
from engine.config.more_kinds import Layers, Maybe, Named
from engine.config.names import INITIALIZATIONS, LOSS_CHOICES, Initialization, LossChoice
from engine.config.setting import Setting
from engine.config.task import Task

NETWORK, LEARNS = "What learns it", "How it learns"


def _network_word(values: Any, task: Task) -> str:
    found = data_set_named(values.data)
    name = found.shown if found else values.data.replace("\\", "/").rpartition("/")[2]
    sizes = (len(task.features), *values.hidden_sizes, task.outputs)
    return f"{name} {'-'.join(map(str, sizes))}"


def _activation_word(values: Any, _: Task) -> str:
    names = values.hidden_activations
    if len(set(names)) > 1:
        return ",".join(names)
    return "" if set(names) <= {"relu"} else str(names[0])


def _initialization_word(values: Any, _: Task) -> str:
    usual = _usual_initialization({"rule": values.rule, "data": values.data})
    return "" if values.initialization == usual else f"{values.initialization} init"


def _usual_initialization(values: Any) -> str:
    # the article's rule hardly learns from any start but the article's
    if values["rule"] == "article":
        return "article"
    # with biases of 0, the bends of all nodes of the first layer go through one point: of two moons, small
    # and around it, a network learns as well, but not of spirals or cones
    return "he" if values["data"] == "moons" else "pytorch"


class NetworkSettings(DataSettings, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What learns it."""

    layers: Annotated[
        tuple[int | str, ...],
        Setting(
            Layers(),
            NETWORK,
            "Nodes of each hidden layer, with an activation of its own behind a colon: 8:tanh,4."
            " More nodes can draw a more winding border; none at all makes a linear model.",
            word=_network_word,
            in_json=True,
            live=True,
        ),
    ] = (16, 16)
    activation: Annotated[
        str,
        Setting(
            Named("NAME", check_activation, (*ACTIVATIONS, "relu:0"), canonical_activation),
            NETWORK,
            "The activation of hidden layers without one of their own. relu has the article's slope"
            " of 0.05 below zero; relu:0 is the textbook's, relu:SLOPE any.",
            word=_activation_word,
            live=True,
        ),
    ] = "relu"
    loss: Annotated[
        LossChoice,
        Setting(
            Choice(LOSS_CHOICES),
            NETWORK,
            "What training makes less. auto: cross-entropy for classes, the mean squared error for"
            " values. Squared errors of two classes go with tanh at the end.",
        ),
    ] = "auto"
    initialization: Annotated[
        Initialization,
        Setting(
            Choice(INITIALIZATIONS),
            NETWORK,
            "How the first weights are drawn. he: around 0, scaled to the layer; glorot: the same"
            " for tanh and sigmoid; pytorch: smaller, biases drawn as well. article: around -1, as"
            " the article's code does; uniform: from -.5 to .5. zeros: all nodes of a layer stay"
            " alike. Give one of them to both rules, and they start alike.",
            word=_initialization_word,
            usual=_usual_initialization,
            usual_text="he for moons, pytorch for other data, article for its rule",
        ),
    ] = "he"
    weight_seed: Annotated[
        int | None,
        Setting(
            Maybe(Whole(0, MAX_SEED, counts=True), "seed", near=0),
            NETWORK,
            "A seed for the first weights and the order of batches alone: the same data, learned"
            " from another start.",
        ),
    ] = None
