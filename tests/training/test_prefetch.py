import itertools

import pytest

from trainwell.training._prefetch import prefetch


def test_same_items_in_the_same_order():
    assert list(prefetch(iter(range(20)), depth=3)) == list(range(20))


def test_an_error_arises_after_the_items_before_it():
    def failing():
        yield 1
        yield 2
        raise OSError("disk")

    items = prefetch(failing())
    assert [next(items), next(items)] == [1, 2]
    with pytest.raises(OSError, match="disk"):
        next(items)


def test_it_stays_only_a_little_ahead_and_can_be_left():
    made = []
    source = (made.append(i) or i for i in itertools.count())
    items = prefetch(source, depth=2)
    assert [next(items) for _ in range(3)] == [0, 1, 2]
    items.close()
    assert len(made) <= 6
