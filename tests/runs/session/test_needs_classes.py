"""Data without classes are refused by the name of their task."""

from types import SimpleNamespace

import pytest

from trainwell.core.errors import RecipeError
from trainwell.runs.session._needs_classes import refuse_without_classes


def test_the_task_is_named():
    numbers = SimpleNamespace(name="regression", has_classes=False)
    with pytest.raises(RecipeError) as error:
        refuse_without_classes(SimpleNamespace(reader=numbers), "`this`", "Leave it.")
    assert str(error.value) == (
        "`this` needs a class for every image; the task is regression. Leave it."
    )
    classes = SimpleNamespace(name="classification", has_classes=True)
    refuse_without_classes(SimpleNamespace(reader=classes), "`this`")
