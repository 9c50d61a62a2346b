"""A hook does nothing, and a loop calls it at four points."""

from trainwell.training import Hook


class Noting(Hook):
    def __init__(self):
        self.calls = []

    def on_start(self, state):
        self.calls.append(("start", state.step))

    def before_step(self, state, batch, loss):
        self.calls.append(("before", state.step))

    def after_step(self, state, batch, loss):
        self.calls.append(("after", state.step))
        if state.step == 2:
            state.stop = "enough"

    def on_end(self, state):
        self.calls.append(("end", state.step))


def test_the_four_points_in_order(setup):
    hook = Noting()
    setup.fit(setup.state(), hooks=[Hook(), hook])
    assert hook.calls == [
        ("start", 0),
        ("before", 0),
        ("after", 1),
        ("before", 1),
        ("after", 2),
        ("end", 2),
    ]


def test_by_default_nothing_happens():
    hook = Hook()
    assert hook.on_start(None) is None
    assert hook.before_step(None, None, None) is None
    assert hook.after_step(None, None, None) is None
    assert hook.on_end(None) is None
