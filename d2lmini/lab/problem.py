"""What the browser's programs need of the airfoil table: its rows, and its moments."""

from typing import Any

import numpy as np

from d2lmini.data import whitened_airfoil


def table_bytes() -> bytes:
    """Return the data that the browser trains on.

    Returns
    -------
    bytes
        1500 rows of five features and the target, as little-endian 32-bit floats.
    """
    features, target = whitened_airfoil()
    return np.c_[features, target].astype("<f4").tobytes()


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
    table = np.frombuffer(table_bytes(), "<f4").reshape(-1, 6).astype(float)
    X, y = np.c_[table[:, :5], np.ones(len(table))], table[:, 5]
    n = len(y)
    H, c, s = X.T @ X / n, X.T @ y / n, y @ y / n
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
