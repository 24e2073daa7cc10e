"""What a live change keeps, what it refuses, and how it is recorded."""

from typing import Any

import msgspec
import numpy as np
import pytest

from engine.errors import ConfigError
from engine.messages.commands import (
    Adjust,
    Configure,
    Reset,
    Rewind,
    SetAlpha,
)
from engine.network.transplant import layer_shapes
from engine.run.command_log import Recorded
from engine.run.run import Run
from engine.storage import checkpoint
from engine.training.trainer import Trainer
from helpers.runs import (
    SMALL,
    TOO_LARGE,
    carry_out,
    moons,
    new_run,
    state_of,
)

ADAM = msgspec.structs.replace(SMALL, optimizer="adam", alpha=0.02, layers=(4, "3:tanh"))


def layers_of(trainer: Trainer, flat: Any) -> list[np.ndarray]:
    """`flat`, which has a value for each parameter, as the layers': (nodes, inputs + 1) each."""
    parts, start = [], 0
    for nodes, columns in layer_shapes(trainer.network):
        parts.append(flat[start : start + nodes * columns].reshape(nodes, columns))
        start += nodes * columns
    return parts


def learned(run: Run) -> tuple[list[np.ndarray], list[list[np.ndarray]]]:
    """Copies of the parameters, and of every moment, by layer."""
    state, trainer = run.trainer.state().learned, run.trainer
    return layers_of(trainer, state.parameters), [layers_of(trainer, m) for m in state.moments]


# ---- what stays


@pytest.mark.parametrize(
    "changes",
    [
        {"alpha": 0.005},
        {"l2": 0.1},
        {"l1": 0.01},
        {"dropout": 0.2},
        {"clip": None},
        {"batch_size": 7},
        {"order": "fixed"},
        {"schedule": "cosine", "warm_up": 5},
        {"until_loss": 0.01, "patience": 500},
        {"steps": 400},
        {"plane": ("y", "x")},
    ],
    ids=str,
)
def test_given_adam_when_another_setting_is_changed_then_parameters_and_moments_stay(
    changes: dict[str, Any],
) -> None:
    run = new_run(ADAM)
    run.advance(123)
    before = run.trainer.state().learned

    run.apply(Adjust(changes))

    after = run.trainer.state().learned
    assert after.parameters.tobytes() == before.parameters.tobytes()
    assert after.moments.tobytes() == before.moments.tobytes()
    assert np.abs(after.moments).max() > 0.0
    assert (after.step, after.count) == (123, 123.0)
    assert run.trainer.losses.train.count == 123
    assert run.commands == [Recorded(123, Adjust(changes))]


@pytest.mark.parametrize(
    ("layers", "kept"),
    [
        # of each layer of before, the nodes and inputs that stay, and where
        ((6, "3:tanh"), [((4, 2), 0), ((3, 4), 1), ((1, 3), 2)]),
        ((2, "3:tanh"), [((2, 2), 0), ((3, 2), 1), ((1, 3), 2)]),
        ((4, 3), [((4, 2), 0), ((3, 4), 1), ((1, 3), 2)]),
        ((4,), [((4, 2), 0), ((1, 3), -1)]),
        ((4, 3, 2), [((4, 2), 0), ((3, 4), 1), ((1, 2), -1)]),
        ((), [((1, 2), -1)]),
    ],
    ids=str,
)
def test_given_other_layers_when_adjusted_then_every_weight_and_moment_with_a_place_is_kept(
    layers: tuple[Any, ...], kept: list[tuple[tuple[int, int], int]]
) -> None:
    run, fresh = new_run(ADAM), new_run(msgspec.structs.replace(ADAM, layers=layers))
    run.advance(123)
    old_parameters, old_moments = learned(run)

    run.apply(Adjust({"layers": layers}))

    parameters, moments = learned(run)
    first, _ = learned(fresh)
    for (nodes, inputs), place in kept:
        old = -1 if place in (-1, len(old_parameters) - 1) else place
        for before, now in [
            (old_parameters, parameters),
            *zip(old_moments, moments, strict=True),
        ]:
            assert now[place][:nodes, :inputs].tolist() == before[old][:nodes, :inputs].tolist()
            assert now[place][:nodes, -1].tolist() == before[old][:nodes, -1].tolist()
    grown = [part[old.shape[0] :] for part, old in zip(parameters, old_parameters, strict=False)]
    initial = [part[old.shape[0] :] for part, old in zip(first, old_parameters, strict=False)]
    assert [part.tolist() for part in grown] == [part.tolist() for part in initial]
    assert run.trainer.state().learned.count == 123.0
    assert run.trainer.best.learned.step == 123
    assert run.advance(50) == 50


def test_given_a_node_more_when_adjusted_then_the_others_put_out_what_they_did() -> None:
    run = new_run(ADAM)
    run.advance(100)
    x = moons().train.x
    _, before = run.trainer.network.forward(x)

    run.apply(Adjust({"layers": (4, "5:tanh")}))

    _, after = run.trainer.network.forward(x)
    np.testing.assert_allclose(after.a[1][:3], before.a[1], rtol=0.0, atol=1e-15)


@pytest.mark.parametrize(
    "changes",
    [{"optimizer": "adamw"}, {"optimizer": "rmsprop"}, {"optimizer": "sgd", "momentum": 0.9}],
    ids=str,
)
def test_given_another_optimizer_when_adjusted_then_it_has_gathered_nothing(
    changes: dict[str, Any],
) -> None:
    run = new_run(ADAM)
    run.advance(123)
    before = run.trainer.network.sha256()

    run.apply(Adjust(changes))

    after = run.trainer.state().learned
    assert run.trainer.network.sha256() == before
    assert (np.abs(after.moments).max(), after.count) == (0.0, 0.0)


# ---- what is refused


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"alpha": 0.5, "steps": 100},
            "steps: 100 is not a whole number from 123 to 1000000000000",
        ),
        ({"alpha": 0.5, "plane": ("x", "z")}, "plane: there is no input 'z' among x, y"),
        (
            {"alpha": 0.5, "nesterov": True},
            "nesterov: it needs a momentum above 0, as --momentum 0.9",
        ),
        ({"alpha": 0.5, "seed": 3}, "seed: another value begins the run anew"),
        ({"alpha": -0.5}, "alpha: -0.5 is not a number above 0, up to 1e+300"),
        ({"warp": 1}, "warp: no such setting"),
    ],
    ids=str,
)
def test_given_a_change_that_is_not_allowed_when_applied_then_nothing_has_changed(
    changes: dict[str, Any], said: str
) -> None:
    run = new_run()
    run.advance(123)
    before = state_of(run.trainer)

    with pytest.raises(ConfigError) as caught:
        run.apply(Adjust(changes))

    assert str(caught.value) == said
    assert (state_of(run.trainer), run.trainer.config, run.commands) == (before, SMALL, [])


@pytest.mark.parametrize(
    "changes",
    [
        {"plane": ("x", "z")},
        {"loss": "cross_entropy", "data": "sine", "samples": 30},
        {"rule": "article", "batch_size": 5},
        {"samples": 3},
        {"data": "xor", "noise": 0.9},
    ],
    ids=str,
)
def test_given_settings_that_are_not_allowed_when_configured_then_the_run_is_as_it_was(
    changes: dict[str, Any],
) -> None:
    run = new_run()
    run.advance(123)
    before = state_of(run.trainer)

    with pytest.raises(ConfigError):
        run.apply(Configure(changes))

    assert state_of(run.trainer) == before
    assert (run.number, run.kept, run.commands, run.trainer.config) == (0, None, [], SMALL)


# ---- the best state


@pytest.mark.parametrize(
    ("before", "changes"),
    [
        ({"optimizer": "sgd", "momentum": 0.9}, {"optimizer": "rmsprop", "momentum": 0.0}),
        ({"optimizer": "rmsprop", "momentum": 0.9}, {"optimizer": "adam", "momentum": 0.0}),
        ({"optimizer": "adam"}, {"optimizer": "sgd", "momentum": 0.9}),
        ({"optimizer": "sgd"}, {"momentum": 0.9}),
    ],
    ids=str,
)
def test_given_another_optimizer_when_gone_back_then_to_the_best_parameters_without_its_moments(
    before: dict[str, Any], changes: dict[str, Any]
) -> None:
    """The velocity of one in the place of another's squares would have no root."""
    run = new_run(msgspec.structs.replace(SMALL, **before, alpha=0.02))
    run.advance(123)
    best = run.trainer.best.learned.copied()

    carry_out(run, [Adjust(changes), SetAlpha(TOO_LARGE), 1, Rewind(0.001)])

    after = run.trainer.state().learned
    assert (after.step, after.parameters.tolist()) == (best.step, best.parameters.tolist())
    assert best.step == 100
    assert (np.abs(after.moments).max(), after.count) == (0.0, 0.0)
    assert run.advance(30) == 30


def test_given_rmsprop_when_its_momentum_is_changed_then_its_squares_stay() -> None:
    run = new_run(msgspec.structs.replace(SMALL, optimizer="rmsprop", alpha=0.02))
    run.advance(123)
    (squares,), best = run.trainer.state().learned.moments, run.trainer.best.learned.copied()

    run.apply(Adjust({"momentum": 0.9}))

    moments = run.trainer.state().learned.moments
    assert moments.tolist() == [squares.tolist(), [0.0] * squares.size]
    assert run.trainer.best.learned.moments[0].tolist() == best.moments[0].tolist()
    run.apply(Adjust({"momentum": 0.0}))
    assert run.trainer.state().learned.moments.tolist() == [squares.tolist()]


def test_given_full_batches_from_a_stop_on_when_resumed_then_the_best_state_is_the_same() -> None:
    """Its loss is judged at once, and must be that of the state at the stop."""
    run = new_run(msgspec.structs.replace(SMALL, batch_size=10, until_loss=0.5, alpha=0.05))
    run.advance(300)
    stop = run.trainer.step
    run.apply(Adjust({"batch_size": None, "until_loss": None}))
    resumed = checkpoint.decode(checkpoint.encode(run))

    run.advance(1)
    resumed.advance(1)

    assert state_of(resumed.trainer) == state_of(run.trainer)
    assert (stop % 50, run.trainer.best.learned.step) == (0, stop)


def test_given_more_steps_when_adjusted_then_other_settings_go_by_them_and_a_reset_has_them() -> (
    None
):
    run = new_run()
    run.advance(123)
    carry_out(run, [Adjust({"steps": 900}), Adjust({"warm_up": 500}), Reset(None)])
    assert (run.trainer.total_steps, run.trainer.config.warm_up) == (900, 500)
    with pytest.raises(ConfigError, match="warm-up: 500 leaves none of 400 steps"):
        run.apply(Adjust({"steps": 400}))
    assert run.trainer.total_steps == 900


@pytest.mark.parametrize("changes", [{"layers": (6,)}, {"activation": "tanh"}], ids=str)
def test_given_a_run_that_diverged_when_its_network_is_changed_then_it_goes_back_to_before(
    changes: dict[str, Any],
) -> None:
    """Not to the parameters that were about to be thrown away, nor to moments of such updates."""
    run = new_run(msgspec.structs.replace(SMALL, momentum=0.9, alpha=0.02))
    carry_out(run, [123, SetAlpha(TOO_LARGE), 1])
    best = layers_of(run.trainer, run.trainer.best.learned.parameters)
    step = run.trainer.step

    carry_out(run, [Adjust(changes), Rewind(0.02)])

    parameters, moments = learned(run)
    assert (step, run.trainer.step) == (123, 100)
    assert parameters[0][:4].tolist() == best[0].tolist()
    assert parameters[1][:, :4].tolist() == best[1][:, :4].tolist()
    assert all(np.abs(part).max() == 0.0 for of_slot in moments for part in of_slot)
    resumed = checkpoint.decode(checkpoint.encode(run))
    assert (resumed.advance(60), run.advance(60)) == (60, 60)
    assert state_of(resumed.trainer) == state_of(run.trainer)


def test_given_too_little_memory_when_adjusted_then_it_is_refused_and_the_run_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run, twin = new_run(), new_run()
    for one in (run, twin):
        one.advance(70)

    def no_memory(*_: object) -> None:
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr("engine.training.learner.NeuralNetwork", no_memory)
        for command in (Adjust({"layers": [4096]}), Configure({"layers": [4096]})):
            with pytest.raises(ConfigError, match="layers: not enough memory"):
                run.apply(command)

    for one in (run, twin):
        one.advance(70)
    assert state_of(run.trainer) == state_of(twin.trainer)
    assert run.commands == []
