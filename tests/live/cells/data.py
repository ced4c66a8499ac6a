import numpy as np
from d2lmini.data import whitened_airfoil

features, target = whitened_airfoil(7)
print(features.shape, target.shape, features.dtype, features.ndim, len(target))
print(features.astype(float), target.astype(float), features[2:4].T.astype(float))
all_features, all_targets = whitened_airfoil(1503)
print(np.abs(all_features.astype(float).mean(axis=0)).max() < 1e-6, all_targets.astype(float).std())
