"""d2lmini: the small package behind a chapter on minibatch stochastic gradient descent.

The public names, listed in ``__init__.pyi``, are those of `d2lmini.torch`. Each is loaded when it
is first used, so that what needs no framework (`Timer`, `Animator`, …) imports without one.
"""

import lazy_loader

__version__ = "0.1.0"

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
