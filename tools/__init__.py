"""Helpers of the work on the chapter, each run as `python -m tools.NAME` from the root."""
