import numpy as np

a = np.arange(4.0)
view = a[1:3]
view *= 2
a[0:2] /= 4
a **= 2
other = a
a += 1
print(a, view, other)
x = np.arange(12).reshape(3, 4)
print(x, x.T @ x, x.sum(0), x.mean(1), x[:, 1], x[1], x[[0, 2]], x[x > 5], x[1, 2], x[-1])
print(repr(x), repr(x / 7), repr(np.array([1.0, np.nan, -np.inf])), repr(x > 3), x.shape, x.dtype)
print(np.linspace(0, 1, 5), np.eye(2), np.arange(0, 1, 0.3), np.full((2, 2), 7), np.zeros((2, 0)))
print(np.arange(2000), np.array([1e-9, 1]), np.array([123456789.0, 1]), np.array([0.1 + 0.2]))
print(repr(np.arange(1500)), repr(np.zeros((0, 3))), repr(np.arange(30) / 7), np.ones((40, 40)))
print(
    repr(np.array([], dtype=int)), np.array([1e300, 1e-300]), np.array([-1.5, 2]), np.arange(3) < 2
)
print(np.array([[1.25, -3.5e-5], [1e5, 7]]), np.array([2.0**-9, 0.5]), 0 < np.arange(3), 2 >= x[0])
print(np.sqrt(2), np.maximum(1, 2.5), np.float64(3), np.median([3, 1, 2]), np.dot([1, 2], [3, 4]))
print(np.where(x > 5, x, 0), np.outer([1, 2], [3, 4]), np.linalg.norm([3, 4]), np.cumsum([1, 2, 3]))
print(
    x.sum(axis=0, keepdims=True).shape, np.arange(3)[:, None] + np.arange(2), np.concatenate((x, x))
)
print(len(x), [int(i) for i in x[0]], x.tolist(), np.isclose([1, 2], [1, 3]), 2 in np.arange(3))
values = (np.arange(3000) * 7919 % 1000) / 7
table = values.reshape(1000, 3)
print(
    values.sum(),
    values.mean(),
    values.var(),
    values.std(),
    table.mean(axis=0),
    table.sum(axis=1)[:4],
)
print(np.linalg.solve(np.array([[2.0, 1.0], [1.0, 3.0]]), np.array([1.0, 2.0])))
print(x.mean().item(), x[:1, 0].item(), x.sum().item() + 1)
