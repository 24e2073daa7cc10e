"""The data sets that come with moonwalk, or with scikit-learn. Anything else is the name of a file."""

import msgspec

from engine.config.names import Problem


class DataSet(msgspec.Struct, frozen=True):
    """One of the data sets."""

    name: str
    problem: Problem
    help: str
    inputs: int
    classes: int
    """0 for a regression."""
    samples: int
    """Points that are drawn unless a person says otherwise; of a real one, all that there are."""
    noise: float | None = None
    """The usual noise; None where the points are what they are, and none is added."""
    most_noise: float | None = None
    """The most noise that its formula has a meaning for, where there is a limit."""
    noise_means: str = ""
    """What the number of `--noise` means."""
    title: str = ""
    """How the header calls it, if not by its name."""
    is_real: bool = False
    """Whether the points were measured, not drawn."""
    plane: tuple[str, ...] = ()
    """The two inputs that it is drawn over, where the first two say nothing."""

    @property
    def shown(self) -> str:
        """How the header calls it."""
        return self.title or self.name


SHARE = 0.5
"""The noise of TensorFlow Playground goes up to one half."""

LABEL_NOISE = "moves points by that share of the square before labelling"
VALUE_NOISE = "moves points by that share of the square before valuing"

_ALL = (
    DataSet(
        *("moons", "classification", "two half moons that reach into each other", 2, 2, 200, 0.2),
        noise_means="standard deviation of points around their moon",
        title="make_moons",
    ),
    DataSet(
        *("circles", "classification", "a disc inside a ring", 2, 2, 500, 0.0),
        most_noise=SHARE,
        noise_means=LABEL_NOISE,
    ),
    DataSet(
        *("xor", "classification", "one class where x and y have the same sign", 2, 2, 500, 0.0),
        most_noise=SHARE,
        noise_means=LABEL_NOISE,
    ),
    DataSet(
        *("gauss", "classification", "two round clouds", 2, 2, 500, 0.0),
        most_noise=SHARE,
        noise_means="width of the clouds, from variance .5 to 4",
    ),
    DataSet(
        *("spiral", "classification", "two arms; spiral:3 to spiral:5 have more", 2, 2, 500, 0.0),
        most_noise=SHARE,
        noise_means="greatest distance from the arm, on each axis",
    ),
    DataSet(
        *("plane", "regression", "a value that rises with x and y", 2, 0, 1200, 0.0),
        most_noise=SHARE,
        noise_means=VALUE_NOISE,
    ),
    DataSet(
        *("gaussian", "regression", "six cones, up and down by turns", 2, 0, 1200, 0.0),
        most_noise=SHARE,
        noise_means=VALUE_NOISE,
    ),
    DataSet(
        *("sine", "regression", "one input: a sine", 1, 0, 200, 0.1),
        noise_means="standard deviation of values around the curve",
    ),
    DataSet(
        *("iris", "classification", "three kinds of iris by their petals and sepals", 4, 3, 150),
        is_real=True,
    ),
    DataSet(
        *("wine", "classification", "three vineyards by what is in their wine", 13, 3, 178),
        is_real=True,
    ),
    DataSet(
        *("cancer", "classification", "tumours, malignant or benign, by their cells", 30, 2, 569),
        is_real=True,
    ),
    DataSet(
        *("digits", "classification", "written digits in 8 by 8 grey values", 64, 10, 1797),
        is_real=True,
        plane=("pixel_4_1", "pixel_3_4"),  # the first one is 0 in every digit
    ),
    DataSet(
        *("diabetes", "regression", "how diabetes goes on within a year", 10, 0, 442),
        is_real=True,
    ),
)

DATA_SETS = {one.name: one for one in _ALL}
"""By name, in the order in which they are listed."""

MOST_ARMS = 5


def data_set_named(data: str) -> DataSet | None:
    """The data set that `data` names, with `spiral:3` as one of three classes; None for a file."""
    name, _, arms = data.partition(":")
    found = DATA_SETS.get(name)
    if found is None or not arms:
        return found if not arms else None
    if name != "spiral" or arms not in map(str, range(2, MOST_ARMS + 1)):
        return None
    return msgspec.structs.replace(found, name=data, classes=int(arms))
