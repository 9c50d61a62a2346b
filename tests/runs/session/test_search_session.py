"""A search trains quietly, and ends on a signal with a message."""

import math
import signal

import pytest

from trainwell.core.errors import Interrupted
from trainwell.runs._clock import Clock
from trainwell.runs.session._search_session import SearchSession
from trainwell.runs.training._fit import new_state
from trainwell.training import StopOnSignal


@pytest.fixture
def search(opened, tmp_path):
    return SearchSession(opened(), Clock(math.inf), StopOnSignal(), tmp_path)


def test_it_trains_to_the_end(search):
    setup = search.setup(search.recipe)
    state = new_state(setup, 3)
    search.fit(setup, state)
    assert (state.step, state.stop) == (3, "")
    search.check_stopped(3, 3, "step")


def test_a_signal_stops_it(search):
    setup = search.setup(search.recipe)
    state = new_state(setup, 3)
    search.stop.received = signal.SIGTERM
    search.fit(setup, state)
    assert (state.step, state.stop) == (1, "signal")
    with pytest.raises(Interrupted, match=f"trial 2 of 5; .* --out {search.path}"):
        search.check_stopped(2, 5, "trial")
