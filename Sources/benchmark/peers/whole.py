"""What a whole process does once: the training of W3, W4, W5 or W8; or W9's, with three figures."""

import tempfile
from pathlib import Path

import numpy as np

from plan import decode, encode, results_of, sigmoid


def whole_process(plan, module):
    losses = []
    loss, layers = module.training(plan)(plan.epochs, losses)
    if plan.workload == "W9":
        with tempfile.TemporaryDirectory() as folder:
            draw(plan, losses, layers, Path(folder))
    return results_of(plan)(loss, layers)


def draw(plan, losses, layers, folder):
    """The loss, the codes in their first two dimensions, and reconstructions: three figures as SVG."""
    import matplotlib

    matplotlib.use("svg")
    import matplotlib.pyplot as plt

    x = plan.array("X")
    mean, _ = encode(plan, layers, x)

    figure, axes = plt.subplots()
    axes.plot(np.arange(1, len(losses) + 1), losses)
    axes.set(title="Loss", xlabel="epoch", ylabel="loss in nats")
    figure.savefig(folder / "loss.svg")

    figure, axes = plt.subplots()
    labels = plan.array("labels")[0]
    for digit in range(10):
        axes.scatter(*mean[labels == digit, :2].T, s=6, label=str(digit))
    axes.set(title="Codes", xlabel="μ₁", ylabel="μ₂")
    axes.legend()
    figure.savefig(folder / "codes.svg")

    few = slice(0, plan.shown)
    images = np.concatenate([x[few], sigmoid(decode(plan, layers, mean[few]))])
    # One picture of all of them, with white lines between: as many axes as images would take five times as long.
    tiles = np.ones((2, 9, plan.shown, 9))
    tiles[:, :8, :, :8] = images.reshape(2, plan.shown, 8, 8).transpose(0, 2, 1, 3)
    figure, axes = plt.subplots(figsize=(plan.shown, 2))
    axes.set_title("Digits and their reconstructions")
    axes.imshow(tiles.reshape(18, 9 * plan.shown), cmap="gray", vmin=0, vmax=1)
    axes.axis("off")
    figure.savefig(folder / "reconstructions.svg")
