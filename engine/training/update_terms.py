"""What an update's direction is made of, by name."""

import math

from engine.arrays import Array
from engine.training.optimizers import BETA1, BETA2, SMOOTHING, Adam, Momentum, Optimizer, RmsProp
from engine.training.preview import Preview

Term = tuple[str, float]

GRADIENT, L2, MOMENTUM = "gradient", "l2 w", "momentum"
MEAN, ROOT, L1 = "mean m", "root v", "l1"


def terms_of(optimizer: Optimizer, decay: float, gradient: float, made: Preview) -> list[Term]:
    """The terms of the direction of the update `made` by `optimizer`, where it is more than the gradient,
    and what L1 takes, which is not in the direction. `decay` is l2 of the parameter.

        sgd        gradient + l2 w
        momentum   gradient + l2 w + momentum;  that is the coefficient times the v before, or with
                   Nesterov the v after
        rmsprop    (gradient + l2 w) / (root v + epsilon) + momentum, the coefficient times the u before
        adam       (mean m) / (root v + epsilon);  with adamw + l2 w
    """
    penalty = [(L2, decay * float(made.before.value[0]))] if decay else []
    summed: list[Term] = [(GRADIENT, gradient), *penalty]
    match optimizer:
        case Momentum(momentum, nesterov):
            velocity = (made.after if nesterov else made.before).slots[0]
            terms = [*summed, (MOMENTUM, momentum * float(velocity[0]))]
        case RmsProp(momentum):
            terms = [*summed, (ROOT, _root(made.after.slots[0], 1.0 - SMOOTHING))]
            if momentum:
                u = float(made.before.slots[1, 0]) / math.sqrt(1.0 - SMOOTHING)
                terms.append((MOMENTUM, momentum * u))
        case Adam(decouples=decouples):
            gathered, squares, t = *made.after.slots, float(made.after.counted)
            mean = float(gathered[0]) * (1.0 - BETA1) / (1.0 - BETA1**t)
            root = _root(squares, (1.0 - BETA2) / (1.0 - BETA2**t))
            terms = [(MEAN, mean), (ROOT, root), *(penalty if decouples else [])]
        case _:
            terms = summed if penalty else []
    return [*terms, (L1, made.l1_takes)] if made.l1_takes else terms


def _root(squares: Array, scale: float) -> float:
    """The root of a sum of squares, (1,), that is kept without its `scale`."""
    return math.sqrt(float(squares[0]) * scale)
