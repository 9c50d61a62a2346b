import os
import signal

import pytest

from trainwell.training import Hook, StopOnSignal, raising_interrupt


class Kill(Hook):
    def __init__(self, number, at):
        self.number, self.at = number, at

    def after_step(self, state, batch, loss):
        if state.step == self.at:
            os.kill(os.getpid(), self.number)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
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


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_second_signal_is_an_interrupt_too(name):
    number, stop = getattr(signal, name), StopOnSignal()
    with stop.listening():
        os.kill(os.getpid(), number)
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), number)


def test_what_nohup_ignores_stays_ignored():
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    stop = StopOnSignal()
    try:
        with stop.listening(), raising_interrupt():
            os.kill(os.getpid(), signal.SIGHUP)
        assert stop.received is None
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_after_the_training_a_signal_acts_at_once(name):
    number = getattr(signal, name)
    before = signal.getsignal(number)
    with pytest.raises(KeyboardInterrupt), raising_interrupt():
        os.kill(os.getpid(), number)
    assert signal.getsignal(number) is before
