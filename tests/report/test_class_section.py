"""What a report shows of classes, by hand."""

import pytest

from trainwell.report._class_section import content
from trainwell.tasks import Classification


def test_mistakes_are_counted_and_held_against_the_largest_class(files_of):
    predictions = [[0.9, 0.1], [0.8, 0.2], [0.6, 0.4], [0.3, 0.7]]
    files = files_of(Classification(("cat", "dog")), predictions, [0, 0, 1, 1])
    found = content(files)
    assert found["note"].startswith("1 mistake in 4 images. 95 % interval 0.301 to 0.9")
    assert "Always answering the largest class would give 0.500." in found["note"]
    (worst,) = found["worst"]
    assert (worst.name, worst.true, worst.prediction) == ("2.png", "dog", "cat")
    assert worst.of_true == pytest.approx(0.4)
    assert [row.count for row in found["scores"]] == [2, 2]
    assert found["confused"][0].share == 0.5
