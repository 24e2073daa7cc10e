"""PyTorch: autograd, and an optimizer that takes all parameters at once (`foreach`, or `fused`)."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import numpy as np

from contenders.workload import Turn, Workload


def training_turn(workload: Workload, threads: int, how: str) -> Turn:
    """`how` is foreach or fused."""
    torch = import_module("torch")
    torch.set_num_threads(threads)
    torch.set_default_dtype(torch.float64)
    config, train = workload.config, workload.data.train
    model = _model(torch, workload)
    x = torch.tensor(np.ascontiguousarray(train.x.T))
    if workload.classes == 2:
        y, loss_of = torch.tensor(train.y[:, np.newaxis]), torch.nn.BCEWithLogitsLoss()
    else:
        y, loss_of = torch.tensor(train.y.astype(np.int64)), torch.nn.CrossEntropyLoss()
    kinds = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}
    optimizer = kinds[config.optimizer](model.parameters(), lr=config.alpha, **{how: True})

    def batches(steps: int) -> Iterator[tuple[Any, Any]]:
        if config.batch_size is None:
            for _ in range(steps):
                yield x, y
            return
        for _ in range(steps // workload.batches):
            # the whole table once in another order, and then slices: faster than an index a batch
            order = torch.randperm(workload.samples)
            parts = (values[order].split(workload.batch) for values in (x, y))
            yield from zip(*parts, strict=True)

    def turn(steps: int) -> None:
        losses = []
        for inputs, targets in batches(steps):
            optimizer.zero_grad()
            loss = loss_of(model(inputs), targets)
            loss.backward()
            optimizer.step()
            losses.append(loss.detach())

    return turn


def _model(torch: Any, workload: Workload) -> Any:
    modules = []
    for w, b in workload.initial_parameters():
        linear = torch.nn.Linear(*w.shape)
        with torch.no_grad():
            linear.weight.copy_(torch.tensor(w.T))
            linear.bias.copy_(torch.tensor(b))
        modules += [linear, torch.nn.LeakyReLU(0.05)]
    return torch.nn.Sequential(*modules[:-1])
