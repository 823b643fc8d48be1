"""The work in NumPy: gradients by hand, in place where that saves time, parameters in one vector."""

import numpy as np

from plan import cross_entropy, factor, results_of, samples_of_calls, samples_of_epochs, samples_of_trainings, sigmoid


def samples(plan, case, parameters, variant, clock):
    if plan.workload == "W1":
        return products(parameters, clock)
    if plan.workload in ("W6", "W7"):
        gradient = denoising if plan.workload == "W6" else contractive
        rate = parameters.get("rate") or plan.rate
        step = descend if case == "gradient descent" else Adam
        return samples_of_epochs(
            fit(gradient(plan), tied(plan), plan.array("X"), plan.batch, step, rate), clock)
    return samples_of_trainings(training(plan), plan.epochs, results_of(plan), clock)


def training(plan):
    """The function that trains for so many epochs and returns the last mean loss and the layers."""
    make = {"W3": linear, "W4": sparse, "W5": vector_field, "W8": variational, "W9": variational}[plan.workload]
    gradient, x, start = make(plan), plan.array("X"), plan.layers()

    def train(epochs, losses=None):
        p = Parameters([array for layer in start for array in layer])
        for number, loss in enumerate(fit(gradient, p, x, plan.batch, Adam, plan.rate), start=1):
            if losses is not None:
                losses.append(loss)
            if number == epochs:
                return loss, list(zip(p.values[::2], p.values[1::2]))

    return train


# Training


class Parameters:
    """Arrays that are views of one vector, and their gradients views of another: optimisers then take long steps."""

    def __init__(self, arrays):
        self.vector = np.concatenate([array.ravel() for array in arrays])
        self.gradient_vector = np.zeros_like(self.vector)
        self.values, self.gradients = [], []
        end = 0
        for array in arrays:
            start, end = end, end + array.size
            self.values.append(self.vector[start:end].reshape(array.shape))
            self.gradients.append(self.gradient_vector[start:end].reshape(array.shape))


class Adam:
    def __init__(self, p, rate):
        self.p, self.rate, self.steps = p, rate, 0
        self.mean, self.square, self.room = (np.zeros_like(p.vector) for _ in range(3))

    def step(self):
        g, room = self.p.gradient_vector, self.room
        self.steps += 1
        np.multiply(g, g, out=room)
        room *= 0.001
        self.square *= 0.999
        self.square += room
        np.multiply(g, 0.1, out=room)
        self.mean *= 0.9
        self.mean += room
        np.sqrt(self.square, out=room)
        room *= 1 / np.sqrt(1 - 0.999**self.steps)
        room += 1e-8
        np.divide(self.mean, room, out=room)
        room *= self.rate / (1 - 0.9**self.steps)
        self.p.vector -= room


class descend:
    def __init__(self, p, rate):
        self.p, self.rate = p, rate

    def step(self):
        self.p.gradient_vector *= -self.rate
        self.p.vector += self.p.gradient_vector


def fit(gradient, p, x, batch, optimiser, rate):
    """Train without end: yield the mean loss of each epoch. `gradient` returns a loss and fills p.gradients."""
    rng, optimiser = np.random.default_rng(1), optimiser(p, rate)
    while True:
        shuffled, total = x[rng.permutation(len(x))], 0.0
        for start in range(0, len(x), batch):
            minibatch = shuffled[start : start + batch]
            total += float(gradient(p, minibatch, rng)) * len(minibatch)
            optimiser.step()
        yield total / len(x)


def backward(gradient_w, gradient_b, x, delta):
    """The gradients of a layer with input x, from its pre-activations' gradient."""
    np.matmul(x.T, delta, out=gradient_w)
    delta.sum(0, out=gradient_b)


# Losses and gradients


def linear(plan):
    def gradient(p, x, rng):
        (w, b, v, c), (gw, gb, gv, gc) = p.values, p.gradients
        h = x @ w + b
        d = h @ v + c - x
        loss = 0.5 * np.vdot(d, d) / len(x)
        d *= 1 / len(x)
        backward(gv, gc, h, d)
        backward(gw, gb, x, d @ v.T)
        return loss

    return gradient


def sparse(plan):
    rho, beta = plan.rho, plan.beta

    def gradient(p, x, rng):
        (w, b, v, c), (gw, gb, gv, gc) = p.values, p.gradients
        h = 1 / (1 + np.exp(-(x @ w + b)))
        d = h @ v + c - x
        r = h.mean(0)
        loss = 0.5 * np.vdot(d, d) / len(x)
        loss += beta * (rho * np.log(rho / r) + (1 - rho) * np.log((1 - rho) / (1 - r))).sum()
        d *= 1 / len(x)
        backward(gv, gc, h, d)
        dh = d @ v.T
        dh += (beta / len(x)) * ((1 - rho) / (1 - r) - rho / r)
        dh *= h * (1 - h)
        backward(gw, gb, x, dh)
        return loss

    return gradient


def vector_field(plan):
    sigma = np.float32(plan.sigma)

    def gradient(p, x, rng):
        (w1, b1, w2, b2, w3, b3), (g1, c1, g2, c2, g3, c3) = p.values, p.gradients
        noisy = x + sigma * rng.standard_normal(x.shape, dtype=np.float32)
        h1 = np.tanh(noisy @ w1 + b1)
        h2 = np.tanh(h1 @ w2 + b2)
        d = h2 @ w3 + b3 - x
        loss = 0.5 * np.vdot(d, d) / len(x)
        d *= 1 / len(x)
        backward(g3, c3, h2, d)
        d2 = d @ w3.T
        d2 *= 1 - h2 * h2
        backward(g2, c2, h1, d2)
        d1 = d2 @ w2.T
        d1 *= 1 - h1 * h1
        backward(g1, c1, noisy, d1)
        return loss

    return gradient


def tied(plan):
    """W and b of the encoder and the biases of a decoder with the same W, zero at first."""
    w, b = plan.layers()[0]
    return Parameters([w, b, np.zeros(len(w), np.float32)])


def denoising(plan):
    low, high = np.float32(plan.noise / 2), np.float32(1 - plan.noise / 2)

    def gradient(p, x, rng):
        (w, b, c), (gw, gb, gc) = p.values, p.gradients
        u = rng.random(x.shape, dtype=np.float32)
        noisy = np.where(u < low, np.float32(0), np.where(u > high, np.float32(1), x))
        h = np.tanh(noisy @ w + b)
        a = h @ w.T + c
        loss = cross_entropy(a, x) / len(x)
        d = sigmoid(a)
        d -= x
        d *= 1 / len(x)
        dh = d @ w
        dh *= 1 - h * h
        backward(gw, gb, noisy, dh)
        gw += d.T @ h
        d.sum(0, out=gc)
        return loss

    return gradient


def contractive(plan):
    def gradient(p, x, rng):
        (w, b, c), (gw, gb, gc) = p.values, p.gradients
        share = plan.penalty / len(x)
        h = 1 / (1 + np.exp(-(x @ w + b)))
        s = h * (1 - h)
        a = h @ w.T + c
        lengths, squares = np.einsum("ij,ij->j", w, w), np.einsum("ij,ij->j", s, s)
        loss = cross_entropy(a, x) / len(x) + share * (lengths @ squares)
        d = sigmoid(a)
        d -= x
        d *= 1 / len(x)
        dh = d @ w
        dh += (2 * share) * lengths * (s * (1 - 2 * h))
        dh *= s
        backward(gw, gb, x, dh)
        gw += d.T @ h
        gw += w * ((2 * share) * squares)
        d.sum(0, out=gc)
        return loss

    return gradient


def variational(plan):
    code = plan.code

    def gradient(p, x, rng):
        (w1, b1, w2, b2, w3, b3, w4, b4), (g1, c1, g2, c2, g3, c3, g4, c4) = p.values, p.gradients
        h1 = np.maximum(x @ w1 + b1, 0)
        head = h1 @ w2 + b2
        mean, bounded = head[:, :code], np.tanh(head[:, code:] / 20)
        log_variance = 20 * bounded
        deviation = np.exp(0.5 * log_variance)
        noise = rng.standard_normal(mean.shape, dtype=np.float32)
        z = mean + deviation * noise
        h2 = np.maximum(z @ w3 + b3, 0)
        a = h2 @ w4 + b4
        variance = deviation * deviation
        loss = (cross_entropy(a, x) + 0.5 * (variance + mean * mean - 1 - log_variance).sum()) / len(x)
        d = sigmoid(a)
        d -= x
        d *= 1 / len(x)
        backward(g4, c4, h2, d)
        d2 = d @ w4.T
        d2 *= h2 > 0
        backward(g3, c3, z, d2)
        dz = d2 @ w3.T
        dhead = np.empty_like(head)
        dhead[:, :code] = dz + mean / len(x)
        dhead[:, code:] = 0.5 * (dz * noise * deviation + (variance - 1) / len(x)) * (1 - bounded * bounded)
        backward(g2, c2, h1, dhead)
        d1 = dhead @ w2.T
        d1 *= h1 > 0
        backward(g1, c1, x, d1)
        return loss

    return gradient


# W1


def products(parameters, clock):
    m, k, n, bits = (int(parameters[name]) for name in ("m", "k", "n", "bits"))
    a, b = factor(m, k, bits), factor(k, n, bits)
    c = np.empty((m, n), a.dtype)
    return samples_of_calls(
        lambda: np.matmul(a, b, out=c), lambda c: {"middle entry": float(c[m // 2, n // 2])}, clock)
