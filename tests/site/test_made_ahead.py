"""What pages load is made while they are read, and is there before the first is written."""

import threading
from types import SimpleNamespace

import pytest
from d2lbook.made_ahead import make_ahead


class App:
    """Sphinx, as far as it calls what is connected."""

    def __init__(self, form="html"):
        self.builder = SimpleNamespace(format=form)
        self.connected = {}

    def connect(self, event, function):
        self.connected[event] = function

    def emit(self, event, *arguments):
        return self.connected[event](self, *arguments)


def test_it_is_made_beside_the_reading():
    app, read, made = App(), threading.Event(), []

    def work(given):
        assert given is app
        assert read.wait(20)
        made.append("file")

    make_ahead(app, work)
    app.emit("builder-inited")
    assert made == []
    read.set()
    app.emit("env-updated", None)
    assert made == ["file"]


def test_what_fails_stops_the_build():
    app = App()
    make_ahead(app, lambda app: 1 / 0)
    app.emit("builder-inited")
    with pytest.raises(ZeroDivisionError):
        app.emit("env-updated", None)


def test_for_another_format_nothing_is_made():
    app = App("latex")
    make_ahead(app, lambda app: 1 / 0)
    app.emit("builder-inited")
    app.emit("env-updated", None)
