"""scikit-learn's `MLPClassifier.fit`, of as many epochs as make so many steps.

No momentum, no penalty, no early stop. Its relu does not leak, and it neither looks for NaN nor clips,
which is to its advantage.
"""

import warnings

import numpy as np

from contenders.workload import Turn, Workload


def fit_turn(workload: Workload) -> Turn:
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPClassifier

    config = workload.config
    x, y = np.ascontiguousarray(workload.data.train.x.T), workload.data.train.y

    def turn(steps: int) -> None:
        epochs = steps // workload.batches
        model = MLPClassifier(
            hidden_layer_sizes=config.hidden_sizes,
            solver=config.optimizer,
            alpha=0.0,
            batch_size=workload.batch,
            learning_rate="constant",
            learning_rate_init=config.alpha,
            momentum=0.0,
            nesterovs_momentum=False,
            max_iter=epochs,
            n_iter_no_change=epochs,
            tol=0.0,
            shuffle=config.batch_size is not None,
            random_state=0,
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            model.fit(x, y)
        if len(model.loss_curve_) != epochs:
            raise RuntimeError(f"scikit-learn stopped after {len(model.loss_curve_)} epochs")

    return turn
