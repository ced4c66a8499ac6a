"""The lab: minibatch SGD that trains inside the page, without a kernel."""

from d2lmini.lab.widget import Lab

__all__ = ["Lab"]
