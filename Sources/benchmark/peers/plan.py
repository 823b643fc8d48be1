"""What all peers share: the plan of a workload, clocks, and how good trained weights are."""

import json
import time

import numpy as np


class Plan:
    """The hyperparameters, data and initial weights of one workload, as the benchmark wrote them."""

    def __init__(self, folder, workload):
        self.folder, self.workload = folder, workload
        self.settings = json.loads((folder / "plan.json").read_text())[workload]

    def __getattr__(self, name):
        return self.settings[name]

    def array(self, name):
        return np.load(self.folder / f"{self.workload}-{name}.npy")

    def layers(self, prefix=""):
        """The initial (weights, biases) from the input to the output; the weights are inputs x outputs."""
        layers = []
        while (self.folder / f"{self.workload}-{prefix}W{len(layers) + 1}.npy").exists():
            number = len(layers) + 1
            weights = np.ascontiguousarray(self.array(f"{prefix}W{number}").T)
            layers.append((weights, self.array(f"{prefix}b{number}")[0]))
        return layers


class Clock:
    """Seconds of the wall clock, or of the processor for all threads of this process."""

    def __init__(self, name):
        self.now = time.perf_counter if name == "wall" else time.process_time

    def per_call(self, action, duration=0.03):
        """The mean over as many calls as `duration` seconds have room for."""
        start = self.now()
        action()
        calls = max(1, int(duration / max(self.now() - start, 1e-9)))
        start = self.now()
        for _ in range(calls):
            action()
        return (self.now() - start) / calls


# Samples: generators that yield None once, when everything is warm, and then (seconds, results) for ever.


def samples_of_calls(action, results, clock):
    """A short action, of which a sample is the mean over many calls. `results(outcome)` describes the last one."""
    action()
    yield
    while True:
        yield clock.per_call(action), results(action())


def samples_of_trainings(train, epochs, results, clock):
    """Whole trainings. `train(epochs)` returns the mean loss of the last epoch and the layers."""
    train(epochs)
    yield
    while True:
        start = clock.now()
        outcome = train(epochs)
        seconds = clock.now() - start
        yield seconds, results(*outcome)


def samples_of_epochs(losses, clock):
    """The epochs of one training but for the first. `losses` runs an epoch when it is asked for its mean loss."""
    next(losses)
    yield
    while True:
        start = clock.now()
        loss = next(losses)
        yield clock.now() - start, {"loss": loss}


# What trained weights are worth; `layers` are NumPy arrays, as in Plan.layers.


def sigmoid(a):
    e = np.exp(-np.abs(a))  # does not overflow
    return np.where(a >= 0, np.ones_like(e), e) / (1 + e)


def cross_entropy(a, x):
    """-log p(x) of Bernoulli pixels with sigmoid(a), summed over everything."""
    return (np.maximum(a, 0) - a * x + np.log1p(np.exp(-np.abs(a)))).sum()


def results_of(plan):
    """The function from the last loss and the trained layers of this workload to its results."""
    functions = {"W3": gap, "W4": sparsity, "W5": only_loss, "W8": bound, "W9": bound}
    return lambda loss, layers: functions[plan.workload](plan, loss, layers)


def only_loss(plan, loss, layers):
    return {"loss": loss}


def pca_optimum(plan, x):
    """The least loss of W3: half the squared discarded singular values over the number of examples."""
    x = x.astype(np.float64)
    values = np.linalg.svd(x - x.mean(0), compute_uv=False)
    return (values[plan.code :] ** 2).sum() / (2 * len(x))


def gap(plan, loss, layers):
    x = plan.array("X")
    (w, b), (v, c) = layers
    error = (x @ w + b) @ v + c - x
    return {"gap": float((error.astype(np.float64) ** 2).sum() / (2 * len(x)) / pca_optimum(plan, x) - 1)}


def sparsity(plan, loss, layers):
    w, b = layers[0]
    return {"loss": loss, "mean activation": float(sigmoid(plan.array("X") @ w + b).mean())}


def encode(plan, layers, x):
    """The mean and the log-variance of W8's code."""
    (w1, b1), (w2, b2) = layers[:2]
    mean, a = np.split(np.maximum(x @ w1 + b1, 0) @ w2 + b2, 2, axis=1)
    return mean, 20 * np.tanh(a / 20)


def decode(plan, layers, z):
    """The pre-activations of W8's pixels."""
    (w3, b3), (w4, b4) = layers[2:]
    return np.maximum(z @ w3 + b3, 0) @ w4 + b4


def bound(plan, loss, layers, draws=10):
    rng, x = np.random.default_rng(5), plan.array("X")
    mean, log_variance = encode(plan, layers, x)
    divergence = 0.5 * (np.exp(log_variance) + mean**2 - 1 - log_variance).sum()
    error = 0.0
    for _ in range(draws):
        noise = rng.standard_normal(mean.shape, dtype=np.float32)
        error += cross_entropy(decode(plan, layers, mean + np.exp(log_variance / 2) * noise), x)
    return {"bound": float(-(error / draws + divergence) / len(x))}


# W1 and W2


def factor(rows, columns, bits):
    """The factors of W1, whose entries are exact."""
    i, j = np.ogrid[:rows, :columns]
    return (((37 * i + 101 * j) % 257 - 128) / 128).astype(f"float{bits}")


def residuals(a, u, s, vt):
    """How far from orthogonal, and from A, the factors are."""
    identity = np.eye(len(s))
    drift = max(np.linalg.norm(u.T @ u - identity), np.linalg.norm(vt @ vt.T - identity))
    return {"residual": float(np.linalg.norm(a - (u * s) @ vt) / np.linalg.norm(a)), "orthogonality": float(drift)}
