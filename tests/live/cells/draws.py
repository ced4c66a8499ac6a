import numpy as np

np.random.seed(0)
print(np.random.permutation(10), np.random.rand(3), np.random.randn(3), np.random.randint(0, 10, 5))
print(np.random.randint(1000000), np.random.choice(5, 3), np.random.normal(1, 2, (2, 2)))
print(np.random.uniform(1, 3, 2), np.random.randn(), np.random.randint(-5, 2**31, size=(2, 3)))
np.random.seed(12345)
print(np.random.permutation(10), np.random.choice(50, 3, replace=False), np.random.randint(5))
x = np.arange(12).reshape(3, 4)
np.random.shuffle(x)
row = np.arange(5.0)
np.random.shuffle(row)
print(x, np.random.permutation(x), row, np.random.choice(np.array([2.5, 3.5]), 4))
print(np.random.randn(1001)[-1], np.random.rand(2, 2), np.random.permutation(2000)[:5])
