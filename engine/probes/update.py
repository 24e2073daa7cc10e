"""The next update of one parameter, before it is made."""

from engine.config.edits import Place
from engine.messages.layer_view import UpdateView
from engine.network.cache import Cache
from engine.training.trainer import Trainer


def update_view(
    trainer: Trainer, layer: int, cursor: tuple[int, int], gradients: Cache
) -> UpdateView | None:
    """That of the parameter at the `cursor`, its node and input, with its gradient in `gradients`; None
    where the `layer` has no such parameter. Changes nothing.

    It is the update to the last bit, with two exceptions: one that diverges is not made, and where a
    plateau schedule is told a loss at this very step, alpha may become less at that moment.
    """
    node, input_ = cursor
    parameters = trainer.network.layers[layer].parameters
    nodes, columns = parameters.shape
    if not (0 <= node < nodes and 0 <= input_ < columns):
        return None
    index = trainer.network.part(layer).start + node * columns + input_
    gradient = float(gradients.gradient[index])
    made, terms = trainer.updates.preview(index, gradient, trainer.alpha_now)
    return UpdateView(
        node=node,
        input=input_,
        value=float(parameters[node, input_]),
        gradient=gradient,
        alpha=trainer.alpha_now,
        direction=made.direction,
        updated=float(made.after.value[0]),
        parts=terms,
        frozen=trainer.edits.scope_at(Place(layer, node, input_)),
    )
