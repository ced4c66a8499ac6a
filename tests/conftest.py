"""What can be collected in this environment."""

from importlib.util import find_spec

# The environments of TensorFlow and MXNet hold what the tests of a flavour need, and no more.
collect_ignore = [] if find_spec("torch") else ["built", "chapter", "lab", "unit"]
