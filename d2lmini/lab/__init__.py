"""What a reader can touch: programs in JavaScript that run in the page, without a kernel."""

from d2lmini.lab.cache import Cache
from d2lmini.lab.clock import Clock
from d2lmini.lab.lab import Lab
from d2lmini.lab.minibatch import Minibatch
from d2lmini.lab.network import Network
from d2lmini.lab.products import Products
from d2lmini.lab.race import Race

PIECES = (Cache, Clock, Lab, Minibatch, Network, Products, Race)

__all__ = ["PIECES", "Cache", "Clock", "Lab", "Minibatch", "Network", "Products", "Race"]
