import numpy as np
from d2lmini.data import whitened_airfoil

features, target = whitened_airfoil()
X = np.c_[features.astype(float), np.ones(1500)]
y = target.astype(float)


def train(b, lr, epochs=2):
    w = np.zeros(6)
    np.random.seed(1)
    for _ in range(epochs):
        order = np.random.permutation(len(y))
        for start in range(0, len(y), b):
            rows = order[start : start + b]
            w = w - lr * X[rows].T @ (X[rows] @ w - y[rows]) / b
    return w


for b, lr in ((1, 0.005), (10, 0.05), (100, 0.4), (1500, 1.0)):
    w = train(b, lr)
    loss = ((X @ w - y) ** 2).mean() / 2
    print(f"{b:5} {loss:.9f}", " ".join(f"{value:.9f}" for value in w))
