"""What a report shows of points, by hand."""

import numpy as np
import pytest

from trainwell.report._point_section import content, normalised_errors_of_points
from trainwell.tasks import Keypoints

TASK = Keypoints(
    ("left", "right", "low"),
    (8, 8),
    mean=(0.2, 0.2, 0.8, 0.2, 0.5, 0.8),
    scale=0.1,
    mean_error=0.25,
)
TRUE = np.array([[[0.0, 0.0], [6.0, 0.0], [3.0, 8.0]]] * 2)  # in a box of 6 x 8


@pytest.fixture
def files(files_of):
    targets = TRUE.copy()
    targets[1, 2] = np.nan
    said = TRUE + [[[3.0, 4.0], [0.0, 0.0], [0.0, 0.0]], [[0.0, 0.0]] * 3]
    return files_of(TASK, said.reshape(2, 6), targets)


def test_failures_are_counted_and_the_mean_shape_is_named(files):
    found = content(files)
    assert found["note"].startswith("1 of 2 images have an error above 0.08")
    assert found["note"].endswith("The mean shape would give 0.250.")
    assert found["num_points"] == 3
    assert [row["point"] for row in found["rows"]][0] == "left"
    assert "0.500 are at 0.08" in found["error_curve"]
    assert "The mean shape" in found["mean_shape"]


def test_errors_of_points_are_in_units_of_the_image(files):
    errors = normalised_errors_of_points(files)
    unit = 5 / 3 / content(files)["far"][0].error  # mean distance over the error
    assert errors == pytest.approx([5 / unit / 2, 0, 0], abs=1e-6)


def test_the_worst_come_first_with_both_sets_of_visible_points(files):
    worst, other = content(files)["far"]
    assert (worst.name, worst.ratio) == ("0.png", 1.0)
    assert worst.pairs[0] == (0.0, 0.0, 37.5, 50.0)
    assert len(worst.pairs) == 3
    assert (other.error, len(other.pairs)) == (0.0, 2)
    assert other.words == "1.png: normalised error 0.000"
