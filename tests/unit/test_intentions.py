"""What has been asked for counts until it is seen to have happened."""

import msgspec
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.config import TrainingConfig
from engine.datasets import Dataset, Points
from engine.run import Run
from engine.snapshot import AS_FAST_AS_IT_GOES, Snapshot, State, View
from tui.intentions import Intentions

SIDE = Points(np.array([[0.0, 1.0], [1.0, 0.0]]), np.array([0.0, 1.0]))
SNAPSHOT = Run(TrainingConfig(alpha=0.25, seed=3), 50, Dataset(SIDE, SIDE)).snapshot(View())

alphas = st.sampled_from([0.2, 0.25, 0.3])
paces = st.sampled_from([AS_FAST_AS_IT_GOES, 50, 100])
wishes = st.builds(
    Intentions,
    alpha=st.none() | alphas,
    pace=st.none() | paces,
    paused=st.none() | st.booleans(),
    seed=st.none() | st.integers(0, 2),
)
snapshots = st.builds(
    lambda alpha, pace, state, seed: msgspec.structs.replace(
        SNAPSHOT, alpha=alpha, pace=pace, state=state, config=TrainingConfig(seed=seed)
    ),
    alphas,
    paces,
    st.sampled_from(list(State)),
    st.integers(0, 2),
)

untimed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def with_(**changes: object) -> Snapshot:
    return msgspec.structs.replace(SNAPSHOT, **changes)


def settled(wishes: Intentions, snapshot: Snapshot = SNAPSHOT) -> Intentions:
    wishes.settle(snapshot)
    return wishes


def test_nothing_is_intended_at_first() -> None:
    assert Intentions() == Intentions(alpha=None, pace=None, paused=None, seed=None)


def test_a_wish_counts_until_a_snapshot_shows_it() -> None:
    """Given alpha asked for thrice, when the first is seen, then the last still counts."""
    wishes = Intentions(alpha=0.5)
    assert settled(wishes, with_(alpha=0.3)).alpha == 0.5
    assert settled(wishes, with_(alpha=0.4)).alpha == 0.5
    assert settled(wishes, with_(alpha=0.5)).alpha is None


def test_full_speed_is_a_wish_like_any_pace() -> None:
    """Given the pace whose number is 0, then it is not taken for no wish."""
    wishes = Intentions(pace=AS_FAST_AS_IT_GOES)
    assert settled(wishes).pace == AS_FAST_AS_IT_GOES
    assert settled(wishes, with_(pace=AS_FAST_AS_IT_GOES)).pace is None


def test_seed_zero_is_a_wish_like_any_seed() -> None:
    wishes = Intentions(seed=0)
    assert settled(wishes).seed == 0
    assert settled(wishes, with_(config=TrainingConfig(seed=0))).seed is None


@pytest.mark.parametrize("state", list(State))
def test_whatever_stands_still_is_paused_enough(state: State) -> None:
    """Given a wish to pause or to go on, then any state but running fulfils the one, running the
    other.
    """
    still = state is not State.RUNNING
    assert settled(Intentions(paused=True), with_(state=state)).paused is (None if still else True)
    assert settled(Intentions(paused=False), with_(state=state)).paused is (
        False if still else None
    )


@given(wishes, snapshots)
@untimed
def test_exactly_what_is_shown_is_forgotten(wishes: Intentions, snapshot: Snapshot) -> None:
    """Given any wishes, then each that the snapshot fulfils is gone and each other one stays."""
    before = (wishes.alpha, wishes.pace, wishes.paused, wishes.seed)
    still = snapshot.state is not State.RUNNING
    shown = (snapshot.alpha, snapshot.pace, still, snapshot.config.seed)
    wishes.settle(snapshot)
    after = (wishes.alpha, wishes.pace, wishes.paused, wishes.seed)
    assert after == tuple(
        None if wish == fact else wish for wish, fact in zip(before, shown, strict=True)
    )


@given(wishes, snapshots)
@untimed
def test_settling_twice_changes_nothing_more(wishes: Intentions, snapshot: Snapshot) -> None:
    once = settled(wishes, snapshot)
    kept = (once.alpha, once.pace, once.paused, once.seed)
    twice = settled(once, snapshot)
    assert (twice.alpha, twice.pace, twice.paused, twice.seed) == kept
