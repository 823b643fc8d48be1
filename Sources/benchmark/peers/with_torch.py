"""The work in PyTorch: modules' functions, automatic differentiation, fused Adam (the fastest of its variants)."""

import numpy as np
import torch
from torch.nn.functional import binary_cross_entropy_with_logits, linear, relu

from plan import (
    factor, pca_optimum, residuals, results_of, samples_of_calls, samples_of_epochs, samples_of_trainings)


def samples(plan, case, parameters, variant, clock):
    if plan.workload == "W1":
        return products(parameters, clock)
    if plan.workload == "W2":
        return singular_values(plan, parameters, clock)
    if case == "L-BFGS":
        return lbfgs(plan, clock)
    if plan.workload in ("W6", "W7"):
        make = torch.optim.SGD if case == "gradient descent" else torch.optim.Adam
        rate = parameters.get("rate") or plan.rate
        if case == "two layers":
            loss, p, x = two_layers(plan, variant)
        else:
            w, b = plan.layers()[0]
            p = [tensor(w), tensor(b), tensor(np.zeros(len(w), np.float32))]
            loss = (denoising if plan.workload == "W6" else contractive)(plan, *p)
            x = torch.from_numpy(plan.array("X"))
        return samples_of_epochs(fit(loss, p, x, plan.batch, make, rate), clock)
    return samples_of_trainings(training(plan), plan.epochs, results_of(plan), clock)


def tensor(array):
    return torch.tensor(array, requires_grad=True)


def training(plan):
    """The function that trains for so many epochs and returns the last mean loss and the layers."""
    make = {"W3": linear_loss, "W4": sparse, "W5": vector_field, "W8": variational, "W9": variational}[plan.workload]
    x, start = torch.from_numpy(plan.array("X")), plan.layers()

    def train(epochs, losses=None):
        # As nn.Linear has them: outputs x inputs.
        layers = [(tensor(np.ascontiguousarray(w.T)), tensor(b)) for w, b in start]
        p = [parameter for layer in layers for parameter in layer]
        for number, loss in enumerate(fit(make(plan, layers), p, x, plan.batch, torch.optim.Adam, plan.rate), start=1):
            if losses is not None:
                losses.append(loss)
            if number == epochs:
                return loss, [(w.detach().numpy().T, b.detach().numpy()) for w, b in layers]

    return train


def fit(loss_of, parameters, x, batch, make, rate):
    """Train without end: yield the mean loss of each epoch."""
    torch.manual_seed(1)
    optimiser = make(parameters, lr=rate, fused=True)
    while True:
        shuffled, total = x[torch.randperm(len(x))], torch.zeros(())
        for minibatch in shuffled.split(batch):
            optimiser.zero_grad(set_to_none=True)
            loss = loss_of(minibatch)
            loss.backward()
            optimiser.step()
            total += loss.detach() * len(minibatch)
        yield total.item() / len(x)


# Losses


def linear_loss(plan, layers):
    (w, b), (v, c) = layers
    return lambda x: 0.5 * (linear(linear(x, w, b), v, c) - x).square().sum() / len(x)


def sparse(plan, layers):
    (w, b), (v, c) = layers
    rho, beta = plan.rho, plan.beta

    def loss(x):
        h = torch.sigmoid(linear(x, w, b))
        r = h.mean(0)
        divergence = rho * torch.log(rho / r) + (1 - rho) * torch.log((1 - rho) / (1 - r))
        return 0.5 * (linear(h, v, c) - x).square().sum() / len(x) + beta * divergence.sum()

    return loss


def vector_field(plan, layers):
    (w1, b1), (w2, b2), (w3, b3) = layers

    def loss(x):
        h = torch.tanh(linear(x + plan.sigma * torch.randn_like(x), w1, b1))
        return 0.5 * (linear(torch.tanh(linear(h, w2, b2)), w3, b3) - x).square().sum() / len(x)

    return loss


def denoising(plan, w, b, c):
    low, high = plan.noise / 2, 1 - plan.noise / 2

    def loss(x):
        u = torch.rand_like(x)
        noisy = torch.where(u < low, 0.0, torch.where(u > high, 1.0, x))
        a = linear(torch.tanh(torch.addmm(b, noisy, w)), w, c)
        return binary_cross_entropy_with_logits(a, x, reduction="sum") / len(x)

    return loss


def contractive(plan, w, b, c):
    def loss(x):
        h = torch.sigmoid(torch.addmm(b, x, w))
        penalty = (h * (1 - h)).square().sum(0) @ w.square().sum(0)
        error = binary_cross_entropy_with_logits(linear(h, w, c), x, reduction="sum")
        return (error + plan.penalty * penalty) / len(x)

    return loss


def two_layers(plan, variant):
    """J written out as a product, or (variant "jacobian") by torch.func.jacrev."""
    p = [tensor(array) for w, b in plan.layers("deep-") for array in (np.ascontiguousarray(w.T), b)]
    w1, b1, w2, b2, w3, b3, w4, b4 = p

    def encode(x):
        h = torch.sigmoid(linear(x, w1, b1))
        return h, torch.sigmoid(linear(h, w2, b2))

    def loss(x):
        h, code = encode(x)
        if variant == "jacobian":
            jacobian = torch.func.vmap(torch.func.jacrev(lambda x: encode(x)[1]))(x)
        else:
            slope, code_slope = h * (1 - h), code * (1 - code)
            jacobian = (code_slope[:, :, None] * w2 * slope[:, None, :]) @ w1
        a = linear(torch.sigmoid(linear(code, w3, b3)), w4, b4)
        error = binary_cross_entropy_with_logits(a, x, reduction="sum")
        return (error + plan.penalty * jacobian.square().sum()) / len(x)

    return loss, p, torch.from_numpy(plan.array("deep-X"))


def variational(plan, layers):
    (w1, b1), (w2, b2), (w3, b3), (w4, b4) = layers

    def loss(x):
        mean, a = linear(relu(linear(x, w1, b1)), w2, b2).chunk(2, dim=1)
        log_variance = 20 * torch.tanh(a / 20)
        z = mean + torch.exp(0.5 * log_variance) * torch.randn_like(mean)
        pixels = linear(relu(linear(z, w3, b3)), w4, b4)
        error = binary_cross_entropy_with_logits(pixels, x, reduction="sum")
        divergence = 0.5 * (log_variance.exp() + mean.square() - 1 - log_variance).sum()
        return (error + divergence) / len(x)

    return loss


def lbfgs(plan, clock):
    x = torch.from_numpy(plan.array("X")).double()
    optimum = pca_optimum(plan, x.numpy())

    def run():
        began, evaluations, reached, least = clock.now(), 0, None, float("inf")
        layers = [
            (tensor(np.ascontiguousarray(w.T, np.float64)), tensor(b.astype(np.float64))) for w, b in plan.layers()]
        loss_of = linear_loss(plan, layers)
        optimiser = torch.optim.LBFGS(
            [parameter for layer in layers for parameter in layer], line_search_fn="strong_wolfe",
            max_iter=plan.iterations, max_eval=5 * plan.iterations, history_size=plan.corrections,
            tolerance_grad=1e-7, tolerance_change=1e-14)

        def closure():
            nonlocal evaluations, reached, least
            optimiser.zero_grad(set_to_none=True)
            loss = loss_of(x)
            loss.backward()
            evaluations, least = evaluations + 1, min(least, loss.item())
            if reached is None and least <= optimum * (1 + 1e-5):
                reached = clock.now() - began
            return loss

        optimiser.step(closure)
        results = {"gap": least / optimum - 1, "evaluations": evaluations}
        return clock.now() - began, results | ({} if reached is None else {"time to gap 1e-5": reached})

    run()
    yield
    while True:
        yield run()


def products(parameters, clock):
    m, k, n, bits = (int(parameters[name]) for name in ("m", "k", "n", "bits"))
    a, b = (torch.from_numpy(factor(*shape, bits)) for shape in ((m, k), (k, n)))
    c = torch.empty(m, n, dtype=a.dtype)
    return samples_of_calls(
        lambda: torch.mm(a, b, out=c), lambda c: {"middle entry": float(c[m // 2, n // 2])}, clock)


def singular_values(plan, parameters, clock):
    a = plan.array(f"{int(parameters['m'])}x{int(parameters['n'])}")
    t = torch.from_numpy(a)
    return samples_of_calls(
        lambda: torch.linalg.svd(t, full_matrices=False),
        lambda factors: residuals(a, *(f.numpy() for f in factors)), clock)
