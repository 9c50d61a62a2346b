"""When the work began that a limit of time counts from."""

import time

from trainwell.core.start_time import begun_at, start_time


def test_a_command_began_when_it_says_and_all_else_begins_now():
    before = time.perf_counter()
    with begun_at(before - 5.0):
        assert start_time() == before - 5.0
    assert before <= start_time() <= time.perf_counter()
