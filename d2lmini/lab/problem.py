"""What the browser's programs need of the airfoil table: its rows, and its moments."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from d2lmini.data import whitened_airfoil

Array = NDArray[np.float64]


def table_bytes() -> bytes:
    """Return the data that the browser trains on.

    Returns
    -------
    bytes
        1500 rows of five features and the target, as little-endian 32-bit floats.
    """
    features, target = whitened_airfoil()
    return np.c_[features, target].astype("<f4").tobytes()


def rows() -> tuple[Array, Array]:
    """Return the rows for a model with a bias.

    Returns
    -------
    ndarray
        1500 rows of five features and a one.
    ndarray
        The targets.
    """
    features, target = (a.astype(float) for a in whitened_airfoil())
    return np.c_[features, np.ones(len(target))], target


def quadratic(X: Array, y: Array) -> tuple[Array, Array, float]:
    """Return the moments that give the loss of w, (w'Hw - 2c'w + s) / 2, without the rows.

    Parameters
    ----------
    X, y : ndarray
        What `rows` returns.

    Returns
    -------
    ndarray
        H, the mean of the products of two columns.
    ndarray
        c, the mean of the columns times the target.
    float
        s, the mean square of the target.
    """
    n = len(y)
    return X.T @ X / n, X.T @ y / n, float(y @ y / n)


def constants() -> dict[str, Any]:
    """Return what is computed once for the quadratic loss of the table.

    Returns
    -------
    dict
        ``H``, ``c``, ``s``: the loss of the six weights w, the bias last, is
        (w'Hw - 2c'w + s) / 2. ``best`` and ``floor``: where it is least, and its value there.
        ``curvatures`` and ``directions``: the eigenvalues of H, ascending, and their eigenvectors.
        ``fourth``, ``third``, ``second``: with z a row in that basis and r its residual at the
        minimum, the means of z_i z_j z_k z_l, r z_i z_j z_k and r² z_i z_j, a row for each pair
        i <= j; ``fourth`` has a column for each pair k <= l.
    """
    X, y = rows()
    H, c, s = quadratic(X, y)
    n = len(y)
    best = np.linalg.solve(H, c)
    curvatures, vectors = np.linalg.eigh(H)
    z, r = X @ vectors, X @ best - y
    i, j = np.triu_indices(6)
    pairs = z[:, i] * z[:, j]
    arrays = {
        **{"H": H, "c": c, "best": best, "curvatures": curvatures, "directions": vectors.T},
        "fourth": pairs.T @ pairs / n,
        "third": (pairs * r[:, None]).T @ z / n,
        "second": (pairs * r[:, None] ** 2).mean(axis=0),
    }
    floor = (s - c @ best) / 2
    return {"s": s, "floor": floor, **{name: a.tolist() for name, a in arrays.items()}}
