import threading
import time

import pytest

from trainwell.data._threads import in_threads, num_threads


def test_results_come_in_order():
    def slow(i: int) -> int:
        time.sleep(0.002 * (5 - i % 5))
        return i * i

    assert list(in_threads(slow, range(40), 8)) == [i * i for i in range(40)]


def test_an_error_cancels_what_has_not_begun():
    begun = []

    def work(i: int) -> None:
        begun.append(i)
        if i == 3:
            raise ValueError("three")
        time.sleep(0.001)

    with pytest.raises(ValueError, match="three"):
        list(in_threads(work, range(5000), 2))
    assert len(begun) < 1000
    assert threading.active_count() < 20


def test_there_is_at_least_one():
    assert 1 <= num_threads() <= 16
