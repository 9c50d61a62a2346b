"""The contract: whoever leaves something out cannot be made."""

import pytest

from trainwell.tasks import TASKS, Task


def test_a_task_without_its_parts_is_refused():
    class Nothing(Task):
        name = "nothing"

    with pytest.raises(TypeError, match="abstract"):
        Nothing()


@pytest.mark.parametrize("kind", TASKS.values())
def test_every_task_says_all_that_is_asked(kind):
    assert not kind.__abstractmethods__
    assert issubclass(kind, Task)
