"""The work in JAX: whole epochs compiled, with `lax.scan` over the minibatches and buffers donated."""

import jax
import jax.numpy as jnp
import numpy as np
from jax.nn import relu, sigmoid, softplus

from plan import factor, residuals, results_of, samples_of_calls, samples_of_epochs, samples_of_trainings


def samples(plan, case, parameters, variant, clock):
    if plan.workload == "W1":
        return products(parameters, clock)
    if plan.workload == "W2":
        return singular_values(plan, parameters, clock)
    if plan.workload in ("W6", "W7"):
        rate = parameters.get("rate") or plan.rate
        step = descend if case == "gradient descent" else adam
        if case == "two layers":
            loss, p, x = two_layers(plan, variant), plan.layers("deep-"), plan.array("deep-X")
        else:
            w, b = plan.layers()[0]
            p, x = (w, b, np.zeros(len(w), np.float32)), plan.array("X")
            loss = (denoising if plan.workload == "W6" else contractive)(plan)
        losses = (loss for loss, _ in fit(epoch_of(loss, plan.batch, step, rate), p, jnp.asarray(x)))
        return samples_of_epochs(losses, clock)
    return samples_of_trainings(training(plan), plan.epochs, results_of(plan), clock)


def training(plan):
    """The function that trains for so many epochs and returns the last mean loss and the layers."""
    make = {"W3": linear, "W4": sparse, "W5": vector_field, "W8": variational, "W9": variational}[plan.workload]
    x, start = jnp.asarray(plan.array("X")), plan.layers()
    epoch = epoch_of(make(plan), plan.batch, adam, plan.rate)

    def train(epochs, losses=None):
        for number, (loss, p) in enumerate(fit(epoch, start, x), start=1):
            if losses is not None:
                losses.append(loss)
            if number == epochs:
                return loss, jax.tree.map(np.asarray, p)

    return train


def adam(rate, state, gradient):
    p, mean, square, steps = state
    steps = steps + 1
    mean = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, mean, gradient)
    square = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, square, gradient)
    scale, root = rate / (1 - 0.9**steps), 1 / jnp.sqrt(1 - 0.999**steps)
    p = jax.tree.map(lambda p, m, v: p - scale * m / (root * jnp.sqrt(v) + 1e-8), p, mean, square)
    return p, mean, square, steps


def descend(rate, state, gradient):
    p, mean, square, steps = state
    return jax.tree.map(lambda p, g: p - rate * g, p, gradient), mean, square, steps


def epoch_of(loss, batch, optimiser, rate):
    """Compile an epoch. `loss(p, x, key)` is that of a minibatch. Keys are made inside: calls outside compile too."""

    def step(state, inputs):
        x, key = inputs
        value, gradient = jax.value_and_grad(loss)(state[0], x, key)
        return optimiser(rate, state, gradient), value * len(x)

    def epoch(state, x, number):
        order, noise, last = jax.random.split(jax.random.fold_in(jax.random.key(1), number), 3)
        x = x[jax.random.permutation(order, len(x))]
        count, rest = divmod(len(x), batch)
        whole = x[: count * batch].reshape(count, batch, -1)
        state, losses = jax.lax.scan(step, state, (whole, jax.random.split(noise, count)))
        total = losses.sum()
        if rest:
            state, value = step(state, (x[count * batch :], last))
            total += value
        return state, total / len(x)

    return jax.jit(epoch, donate_argnums=0)


def fit(epoch, start, x):
    """Train without end: yield the mean loss of each epoch and the parameters."""
    # jnp.array copies: the buffers are donated.
    zeros = [jax.tree.map(lambda a: jnp.array(np.zeros_like(a)), start) for _ in range(2)]
    state, number = (jax.tree.map(jnp.array, start), *zeros, jnp.array(np.float32(0))), 0
    while True:
        state, loss = epoch(state, x, number)
        number += 1
        yield float(loss), state[0]


# Losses


def linear(plan):
    def loss(p, x, key):
        (w, b), (v, c) = p
        return 0.5 * jnp.square((x @ w + b) @ v + c - x).sum() / len(x)

    return loss


def sparse(plan):
    rho, beta = plan.rho, plan.beta

    def loss(p, x, key):
        (w, b), (v, c) = p
        h = sigmoid(x @ w + b)
        r = h.mean(0)
        divergence = rho * jnp.log(rho / r) + (1 - rho) * jnp.log((1 - rho) / (1 - r))
        return 0.5 * jnp.square(h @ v + c - x).sum() / len(x) + beta * divergence.sum()

    return loss


def vector_field(plan):
    def loss(p, x, key):
        (w1, b1), (w2, b2), (w3, b3) = p
        h = jnp.tanh((x + plan.sigma * jax.random.normal(key, x.shape)) @ w1 + b1)
        return 0.5 * jnp.square(jnp.tanh(h @ w2 + b2) @ w3 + b3 - x).sum() / len(x)

    return loss


def cross_entropy(a, x):
    return (softplus(a) - a * x).sum()


def denoising(plan):
    low, high = plan.noise / 2, 1 - plan.noise / 2

    def loss(p, x, key):
        w, b, c = p
        u = jax.random.uniform(key, x.shape)
        noisy = jnp.where(u < low, 0.0, jnp.where(u > high, 1.0, x))
        return cross_entropy(jnp.tanh(noisy @ w + b) @ w.T + c, x) / len(x)

    return loss


def contractive(plan):
    def loss(p, x, key):
        w, b, c = p
        h = sigmoid(x @ w + b)
        penalty = jnp.square(h * (1 - h)).sum(0) @ jnp.square(w).sum(0)
        return (cross_entropy(h @ w.T + c, x) + plan.penalty * penalty) / len(x)

    return loss


def two_layers(plan, variant):
    """J written out as a product, or (variant "jacobian") by jax.jacrev."""

    def encode(p, x):
        (w1, b1), (w2, b2) = p[:2]
        h = sigmoid(x @ w1 + b1)
        return h, sigmoid(h @ w2 + b2)

    def loss(p, x, key):
        (w1, _), (w2, _), (w3, b3), (w4, b4) = p
        h, code = encode(p, x)
        if variant == "jacobian":
            jacobian = jax.vmap(jax.jacrev(lambda x: encode(p, x)[1]))(x)
        else:
            slope, code_slope = h * (1 - h), code * (1 - code)
            jacobian = jnp.einsum("ih,nhk->nik", w1, slope[:, :, None] * w2 * code_slope[:, None, :])
        a = sigmoid(code @ w3 + b3) @ w4 + b4
        return (cross_entropy(a, x) + plan.penalty * jnp.square(jacobian).sum()) / len(x)

    return loss


def variational(plan):
    def loss(p, x, key):
        (w1, b1), (w2, b2), (w3, b3), (w4, b4) = p
        mean, a = jnp.split(relu(x @ w1 + b1) @ w2 + b2, 2, axis=1)
        log_variance = 20 * jnp.tanh(a / 20)
        z = mean + jnp.exp(0.5 * log_variance) * jax.random.normal(key, mean.shape)
        divergence = 0.5 * (jnp.exp(log_variance) + jnp.square(mean) - 1 - log_variance).sum()
        return (cross_entropy(relu(z @ w3 + b3) @ w4 + b4, x) + divergence) / len(x)

    return loss


# W1 and W2


def products(parameters, clock):
    jax.config.update("jax_enable_x64", True)
    m, k, n, bits = (int(parameters[name]) for name in ("m", "k", "n", "bits"))
    a, b = (jnp.asarray(factor(*shape, bits)) for shape in ((m, k), (k, n)))
    product = jax.jit(jnp.matmul)
    return samples_of_calls(
        lambda: product(a, b).block_until_ready(), lambda c: {"middle entry": float(c[m // 2, n // 2])}, clock)


def singular_values(plan, parameters, clock):
    jax.config.update("jax_enable_x64", True)
    a = plan.array(f"{int(parameters['m'])}x{int(parameters['n'])}")
    matrix, svd = jnp.asarray(a), jax.jit(lambda a: jnp.linalg.svd(a, full_matrices=False))
    return samples_of_calls(
        lambda: jax.block_until_ready(svd(matrix)),
        lambda factors: residuals(a, *(np.asarray(f) for f in factors)), clock)
