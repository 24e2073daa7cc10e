"""One point's way through a network."""

import numpy as np

from engine.messages.network_view import SampleView
from engine.messages.snapshot import DataPoints
from engine.network.losses import mean_loss
from engine.probes.nearest import nearest_point
from engine.training.trainer import Trainer


def sample_view(
    trainer: Trainer, drawn: DataPoints, place: tuple[float, float], *, tested: bool
) -> SampleView:
    """What the network makes of the training point, or where `tested` of the point of either side, that
    is drawn nearest to `place`.
    """
    found, test = nearest_point(drawn.train_x, drawn.bounds, place), False
    if tested:
        other = nearest_point(drawn.test_x, drawn.bounds, place)
        found, test = (other, True) if other.distance < found.distance else (found, False)
    index, dataset, loss = found.number, trainer.dataset, trainer.loss
    side, x = (dataset.test, drawn.test_x) if test else (dataset.train, drawn.train_x)
    inputs, y = side.x[:, index : index + 1], side.y[index : index + 1]
    features = dataset.transform(inputs)
    cache = trainer.network.make_cache(1, keep_z=False)
    cache.inputs[...] = features
    with np.errstate(all="ignore"):
        for operation in cache.forward_operations:
            operation()
    predicted = loss.predictions(cache.output_a)
    if dataset.task.is_regression:
        predicted = dataset.target.unscaled(predicted)
    return SampleView(
        test=test,
        index=index,
        across=float(x[0, index]),
        up=float(x[1, index]),
        inputs=inputs[:, 0].tolist(),
        features=features[:, 0].tolist(),
        label=float(y[0]),
        activations=[layer.a[:, 0].tolist() for layer in cache.layers],
        probabilities=loss.probabilities(cache.output_a)[:, 0].tolist(),
        prediction=float(predicted[0]),
        loss=mean_loss(
            loss, cache.output_z, cache.output_a, loss.targets(dataset.target.scaled(y))
        ),
    )
