"""JAX, with all steps of a turn in one `lax.scan`: compiled as a whole, the limit of what can be reached.

Float64; the parameters are donated, and the losses of all steps come back. Activations are
(nodes, batch), which is the faster way round.
"""

from importlib import import_module
from typing import Any

from contenders.workload import Turn, Workload


def scan_turn(workload: Workload) -> Turn:
    jax = import_module("jax")
    jnp = import_module("jax.numpy")
    jax.config.update("jax_platforms", "cpu")
    jax.config.update("jax_enable_x64", True)
    jax.config.update("jax_cpu_enable_async_dispatch", False)
    alpha = workload.config.alpha
    x, y = jnp.asarray(workload.data.train.x), jnp.asarray(workload.data.train.y)

    def loss_of(parameters: list[tuple[Any, Any]]) -> Any:
        a = x
        for w, b in parameters[:-1]:
            a = jax.nn.leaky_relu(w.T @ a + b[:, None], 0.05)
        w, b = parameters[-1]
        z = (w.T @ a + b[:, None])[0]
        return jnp.mean(jax.nn.softplus(z) - y * z)

    def updated(parameters: list[tuple[Any, Any]], _: None) -> tuple[list[tuple[Any, Any]], Any]:
        loss, gradients = jax.value_and_grad(loss_of)(parameters)
        return jax.tree.map(lambda p, g: p - alpha * g, parameters, gradients), loss

    def scanned(parameters: list[tuple[Any, Any]], steps: int) -> Any:
        return jax.lax.scan(updated, parameters, None, length=steps)

    train = jax.jit(scanned, static_argnums=1, donate_argnums=0)
    state = jax.tree.map(jnp.asarray, workload.initial_parameters())

    def turn(steps: int) -> None:
        nonlocal state
        state, losses = train(state, steps)
        jax.block_until_ready((state, losses))

    return turn
