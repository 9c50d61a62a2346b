"""What a report shows of numbers, by hand."""

import pytest

from trainwell.report._number_section import content
from trainwell.tasks import Regression

TASK = Regression(("age", "size"), ("years", ""), mean=(40.0, 1.0), scale=(10.0, 1.0))
TARGETS = [[20.0, 1.0], [40.0, 2.0], [60.0, 3.0]]
PREDICTIONS = [[22.0, 1.0], [40.0, 2.5], [50.0, 3.0]]


def test_errors_are_those_of_each_number(files_of):
    found = content(files_of(TASK, PREDICTIONS, TARGETS))
    assert [row["target"] for row in found["rows"]] == ["age (years)", "size"]
    assert [row["mae"] for row in found["rows"]] == pytest.approx([4.0, 1 / 6])
    age, size = found["number_panels"]
    assert "Predicted over true age (years), from 20 to 60." in age.scatter
    assert "Errors of age (years); their mean is -2.67." in age.errors
    assert size.name == "size"


def test_the_farthest_in_deviations_come_first(files_of):
    far = content(files_of(TASK, PREDICTIONS, TARGETS))["far"]
    assert [image.name for image in far] == ["1.png", "2.png", "0.png"]
    assert far[1].rows == (("age (years)", "60", "50"), ("size", "3", "3"))
    assert far[1].words == "2.png: age (years) 60, predicted 50; size 3, predicted 3"
