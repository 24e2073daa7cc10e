"""The table of settings, first part: what is learnt."""

from typing import Annotated, Any

import msgspec

from engine.config.checks import MAX_INPUTS, MAX_NOISE, MAX_SAMPLES, MAX_SEED
from engine.config.data_sets import DATA_SETS, data_set_named
from engine.config.kinds import Between, Choice, Share, Text, Whole
from engine.config.ladders import NOISES
from engine.config.more_kinds import Maybe, Names
from engine.config.names import (
    FEATURES,
    PROBLEM_CHOICES,
    SCALINGS,
    FeatureName,
    ProblemChoice,
    Scaling,
)
from engine.config.setting import Setting

LEARNED = "What is learned"

FEATURES_SECTION = "Features"
"""The section of the set-up for what of the data goes in."""


def _samples_of_data(values: Any) -> int | None:
    found = data_set_named(values["data"])
    return None if found is None or found.is_real else found.samples


def _noise_of_data(values: Any) -> float:
    found = data_set_named(values["data"])
    return 0.0 if found is None or found.noise is None else found.noise


def _scaling_of_data(values: Any) -> str:
    found = data_set_named(values["data"])
    drawn = found is not None and not found.is_real
    return "none" if drawn and set(values["features"]) <= {"x", "y"} else "standard"


def _plane_of_data(values: Any) -> tuple[str, ...]:
    found = data_set_named(values["data"])
    own_inputs = values["columns"] or values["pca"] is not None
    return () if found is None or own_inputs else found.plane


class DataSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is learnt."""

    data: Annotated[
        str,
        Setting(
            Text("NAME|FILE", tuple(DATA_SETS), names_file=True),
            LEARNED,
            "What is learned: a data set by its name (moonwalk data lists them), or a file of yours"
            " with commas, semicolons or tabs between its columns; - reads it from stdin.",
            in_json=True,
        ),
    ] = "moons"
    samples: Annotated[
        int | None,
        Setting(
            Maybe(Whole(4, MAX_SAMPLES), "all", near=100),
            LEARNED,
            "Points, for training and test together; of a file or a real data set, so many of its"
            " rows, drawn by the seed.",
            usual=_samples_of_data,
            usual_text="200 of moons and sine, 500 of other classes, 1200 of planes; else all",
        ),
    ] = 200
    noise: Annotated[
        float,
        Setting(
            Between(0.0, MAX_NOISE, rungs=NOISES),
            LEARNED,
            "How far the points stray; moonwalk data says what it means for each data set. With"
            " more, the classes overlap and no border is right everywhere.",
            usual=_noise_of_data,
            usual_text="0.2 of moons, 0.1 of sine; else 0",
        ),
    ] = 0.2
    test_size: Annotated[
        float,
        Setting(
            Share(),
            LEARNED,
            "Share of the points that the network never learns from. They show whether it"
            " understood the shape or only learned the other points by heart.",
        ),
    ] = 0.25
    balance: Annotated[
        float | None,
        Setting(
            Maybe(Share(), "as-is", near=0.5),
            LEARNED,
            "Share of the first class among the points. A rare class is learned late, or never.",
        ),
    ] = None
    seed: Annotated[
        int,
        Setting(
            Whole(0, MAX_SEED, counts=True),
            LEARNED,
            "Decides the points, the split, the first weights and the order of batches. The same"
            " seed gives the same run, bit for bit.",
            word=lambda values, _: f"seed {values.seed}",
            word_is_last=True,
            in_json=True,
        ),
    ] = 0
    data_seed: Annotated[
        int | None,
        Setting(
            Maybe(Whole(0, MAX_SEED, counts=True), "seed", near=0),
            LEARNED,
            "A seed for the points and the split alone: other weights learn the same data.",
        ),
    ] = None
    target: Annotated[
        str | None,
        Setting(
            Maybe(Text("COLUMN"), "last"),
            LEARNED,
            "The column of the file that is to be learned, by its name or number.",
        ),
    ] = None
    columns: Annotated[
        tuple[str, ...],
        Setting(
            Names(metavar="A,B,..."),
            LEARNED,
            "The columns of a file, or of real data, to learn it from, by name or number.",
            usual_text="all with numbers",
            section=FEATURES_SECTION,
        ),
    ] = ()
    problem: Annotated[
        ProblemChoice,
        Setting(
            Choice(PROBLEM_CHOICES),
            LEARNED,
            "Whether the target is a class or a value. auto: a class if it is text or has at most"
            " 10 whole values.",
        ),
    ] = "auto"
    keep_classes: Annotated[
        tuple[str, ...],
        Setting(
            Names(metavar="A,B,..."),
            LEARNED,
            "Learn to tell these classes apart only, as --data digits --classes 3,8.",
            usual_text="all",
            option_name="classes",
        ),
    ] = ()
    pca: Annotated[
        int | None,
        Setting(
            Maybe(Whole(1, MAX_INPUTS), "off", near=2),
            LEARNED,
            "Take so many principal components in place of the inputs, found once these are on one"
            " scale: with 2, all of the data lie in the picture.",
            section=FEATURES_SECTION,
        ),
    ] = None
    features: Annotated[
        tuple[FeatureName, ...],
        Setting(
            Names(FEATURES, metavar="x,y,x2,..."),
            LEARNED,
            "What the network takes in of data with two inputs. With x2 and y2, a circle is a"
            " straight line to it.",
            usual_text="the inputs",
            section=FEATURES_SECTION,
        ),
    ] = ()
    scaling: Annotated[
        Scaling,
        Setting(
            Choice(SCALINGS),
            LEARNED,
            "How inputs are brought to one scale: standard to mean 0 and deviation 1, minmax to"
            " 0 to 1. Unscaled, one large input decides alone how small alpha must be.",
            usual=_scaling_of_data,
            usual_text="none for points of the plane, else standard",
            section=FEATURES_SECTION,
        ),
    ] = "none"
    plane: Annotated[
        tuple[str, ...],
        Setting(
            Names(count=2, metavar="A,B"),
            LEARNED,
            "The two inputs that the picture is drawn over; the others stay at their median.",
            live=True,
            usual=_plane_of_data,
            usual_text="the first two that there are; of digits, two that differ",
            section=FEATURES_SECTION,
        ),
    ] = ()
