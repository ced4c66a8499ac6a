"""The project against its peers, side by side; `make bench` runs all of it."""
