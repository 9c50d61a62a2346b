"""A task comes back from what is kept of it."""

from dataclasses import asdict

import pytest

from trainwell.tasks import TASKS, Classification, read_task


@pytest.mark.parametrize(
    "task", [Classification(("a", "b")), Classification(("1", "2"), (1.0, 2.0))]
)
def test_round_trip_takes_its_own_fields_alone(task):
    tree = {"task": task.name, **asdict(task), "model": "lenet"}
    assert read_task(tree) == task
    assert tree == {"model": "lenet"}


def test_every_task_is_found_by_its_name():
    assert all(kind.name == name for name, kind in TASKS.items())


@pytest.mark.parametrize("name", ["detection", None, ["classification"], 3])
def test_a_task_that_is_not_there(name):
    with pytest.raises(
        ValueError, match="is none of multilabel, keypoints, classification"
    ):
        read_task({"task": name})


def test_a_field_of_another_type():
    with pytest.raises(ValueError, match="classes"):
        read_task({"task": "classification", "classes": "abc"})
