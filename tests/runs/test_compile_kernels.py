"""People are told of the wait, and only if there is one."""

import time

from trainwell.runs import _compile_kernels


class Listening:
    """A reporter that keeps what it is told."""

    def __init__(self):
        self.said = []

    def say(self, text):
        self.said.append(text)


def test_a_warm_installation_says_nothing():
    listening = Listening()
    _compile_kernels.compile_kernels(listening)
    _compile_kernels.compile_kernels(listening)
    assert listening.said[1:] == [], "the first may have compiled"


def test_a_long_wait_is_explained(monkeypatch):
    listening = Listening()
    monkeypatch.setattr(_compile_kernels, "_PATIENCE", 0.01)
    monkeypatch.setattr(_compile_kernels, "render", lambda *_, **__: time.sleep(0.2))
    _compile_kernels.compile_kernels(listening)
    assert len(listening.said) == 1
    assert "once per installation" in listening.said[0]
