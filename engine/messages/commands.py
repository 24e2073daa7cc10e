"""What a person can do to a run. Each takes effect between two updates."""

import msgspec


class Pause(msgspec.Struct, frozen=True, tag=True):
    """Stop making updates."""


class Resume(msgspec.Struct, frozen=True, tag=True):
    """Go on making updates."""


class MakeSteps(msgspec.Struct, frozen=True, tag=True):
    """Pause, and make exactly this many updates."""

    count: int = 1


class SetAlpha(msgspec.Struct, frozen=True, tag=True):
    """Use another learning rate."""

    alpha: float


class SetPace(msgspec.Struct, frozen=True, tag=True):
    """Make this many updates a frame, or 0 for as many as it can."""

    pace: int


class Reset(msgspec.Struct, frozen=True, tag=True):
    """Start over: from the same initial parameters, or with another seed."""

    seed: int | None = None


class Extend(msgspec.Struct, frozen=True, tag=True):
    """Allow this many updates more, and go on."""

    steps: int


class Rewind(msgspec.Struct, frozen=True, tag=True):
    """Go back from a divergence to the best state so far, with half of alpha."""


Command = Pause | Resume | MakeSteps | SetAlpha | SetPace | Reset | Extend | Rewind
