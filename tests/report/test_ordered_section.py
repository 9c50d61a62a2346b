"""What a report shows of ordered classes, by hand."""

import pytest

from trainwell.report._ordered_section import content
from trainwell.tasks import Ordinal

TASK = Ordinal(("0", "1", "4"), class_values=(0.0, 1.0, 4.0))
PREDICTIONS = [[1, 0, 0], [0, 1, 0], [0, 0.5, 0.5], [0, 0.8, 0.2]]


def test_answers_are_means_and_the_nearest_class_is_counted(files_of):
    found = content(files_of(TASK, PREDICTIONS, [0, 1, 2, 0]))
    counts = [[cell.count for cell in cells] for _, cells in found["confusion"].rows]
    assert counts == [[1, 1, 0], [0, 1, 0], [0, 1, 0]]  # 2.5 is as near to 1 as to 4
    assert found["note"] == (
        "4 images. The same answer for all of them, 0.5, would give 1.250."
    )
    assert [row["mae"] for row in found["rows"]] == pytest.approx([0.8, 0.0, 1.5])


def test_the_farthest_come_first_with_truth_and_answer(files_of):
    far = content(files_of(TASK, PREDICTIONS, [0, 1, 2, 0]))["far"]
    assert [image.name for image in far] == ["3.png", "2.png", "0.png", "1.png"]
    assert far[0].rows == (("", "0", "1.6"),)
