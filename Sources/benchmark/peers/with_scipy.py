"""The work that SciPy has a function for: W2's decompositions by gesdd, and W3's L-BFGS with a gradient by hand."""

import numpy as np
from scipy.linalg import svd
from scipy.optimize import minimize
from threadpoolctl import ThreadpoolController

from plan import pca_optimum, residuals, samples_of_calls


def samples(plan, case, parameters, variant, clock):
    return lbfgs(plan, clock) if case == "L-BFGS" else singular_values(plan, parameters, clock)


def singular_values(plan, parameters, clock):
    a = plan.array(f"{int(parameters['m'])}x{int(parameters['n'])}")
    return samples_of_calls(
        lambda: svd(a, full_matrices=False, lapack_driver="gesdd", check_finite=False),
        lambda factors: residuals(a, *factors), clock)


def one_thread_for_scipy():
    """SciPy brings a second OpenBLAS, whose threads would fight with those of NumPy's over the same processors."""
    for library in ThreadpoolController().lib_controllers:
        if "scipy.libs" in library.filepath:
            library.set_num_threads(1)


def lbfgs(plan, clock):
    one_thread_for_scipy()
    x = plan.array("X").astype(np.float64)
    start = np.concatenate([array.ravel() for layer in plan.layers() for array in layer]).astype(np.float64)
    optimum, count, k = pca_optimum(plan, x), len(x), plan.code
    splits = np.cumsum([64 * k, k, k * 64])
    h, d, dh = np.empty((count, k)), np.empty((count, 64)), np.empty((count, k))
    options = {"maxiter": plan.iterations, "maxfun": 5 * plan.iterations, "maxcor": plan.corrections,
               "ftol": 1e-14, "gtol": 1e-7}

    def run():
        began, evaluations, reached, least = clock.now(), 0, None, np.inf

        def loss_and_gradient(parameters):
            nonlocal evaluations, reached, least
            w, b, v, c = np.split(parameters, splits)
            w, v = w.reshape(64, k), v.reshape(k, 64)
            np.matmul(x, w, out=h)
            np.add(h, b, out=h)
            np.matmul(h, v, out=d)
            np.add(d, c, out=d)
            np.subtract(d, x, out=d)
            loss = 0.5 * np.vdot(d, d) / count
            np.multiply(d, 1 / count, out=d)
            np.matmul(d, v.T, out=dh)
            evaluations, least = evaluations + 1, min(least, loss)
            if reached is None and loss <= optimum * (1 + 1e-5):
                reached = clock.now() - began
            return loss, np.concatenate([(x.T @ dh).ravel(), dh.sum(0), (h.T @ d).ravel(), d.sum(0)])

        minimize(loss_and_gradient, start, jac=True, method="L-BFGS-B", options=options)
        results = {"gap": float(least / optimum - 1), "evaluations": evaluations}
        return clock.now() - began, results | ({} if reached is None else {"time to gap 1e-5": reached})

    run()
    yield
    while True:
        yield run()
