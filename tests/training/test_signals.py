import os
import signal

import pytest

from trainwell.training import Hook, StopOnSignal


class Kill(Hook):
    def __init__(self, number, at):
        self.number, self.at = number, at

    def after_step(self, state, batch, loss):
        if state.step == self.at:
            os.kill(os.getpid(), self.number)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_run_ends_after_the_step(setup, number):
    stop, state = StopOnSignal(), setup.state()
    before = signal.getsignal(number)
    with stop.listening():
        setup.fit(state, [Kill(number, 3), stop])
    assert (state.step, state.stop, stop.received) == (3, "signal", number)
    assert signal.getsignal(number) is before


def test_a_second_ctrl_c_is_not_caught(setup):
    stop = StopOnSignal()
    with stop.listening():
        os.kill(os.getpid(), signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
