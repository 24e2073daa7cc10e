"""Seeds for one purpose each."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.data.random_streams import Purpose, seed_sequence

seeds = st.integers(0, 2**32 - 1)


@given(seeds, st.sampled_from(Purpose), st.integers(0, 2**40))
def test_given_a_purpose_when_seeded_then_it_is_neither_the_plain_seed_nor_another_purpose(
    seed: int, purpose: Purpose, number: int
) -> None:
    state = seed_sequence(seed, purpose, number).generate_state(4).tolist()
    others = [other for other in Purpose if other is not purpose]

    assert state != np.random.SeedSequence(seed).generate_state(4).tolist()
    assert state != seed_sequence(seed, others[0], number).generate_state(4).tolist()
    assert state != seed_sequence(seed, purpose, number + 1).generate_state(4).tolist()
