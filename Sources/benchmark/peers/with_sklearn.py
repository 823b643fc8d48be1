"""The work that scikit-learn has a class for: PCA, by its default solver or by the SVD of the whole matrix."""

from sklearn.decomposition import PCA

from plan import samples_of_calls


def samples(plan, case, parameters, variant, clock):
    x, solver = plan.array("X"), variant or "auto"
    return samples_of_calls(
        lambda: PCA(plan.code, svd_solver=solver).fit(x),
        lambda pca: {"energy kept": float(pca.explained_variance_ratio_.sum())}, clock)
