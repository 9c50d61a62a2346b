import base64
import io

import numpy as np
import pytest
from PIL import Image

from trainwell.report._confusion import Confused, most_confused, show

CLASSES = ["cat", "dog", "owl"]
TARGETS = np.array([0, 0, 0, 0, 0, 1, 1, 2, 2, 2])
ANSWERS = np.array([0, 0, 0, 1, 1, 0, 1, 0, 2, 2])


def test_rows_are_true_classes():
    rows = show(TARGETS, ANSWERS, CLASSES).rows
    assert [name for name, _ in rows] == CLASSES
    counts = [[cell.count for cell in cells] for _, cells in rows]
    assert counts == [[3, 2, 0], [1, 1, 0], [1, 0, 2]]
    assert rows[0][1][1].words == "cat predicted as dog: 2"


def test_the_shade_of_right_answers_is_their_share():
    rows = show(TARGETS, ANSWERS, CLASSES).rows
    assert [cells[i].shade for i, (_, cells) in enumerate(rows)] == [0.6, 0.5, 0.667]
    right = [[cell.right for cell in cells] for _, cells in rows]
    assert right == np.eye(3, dtype=bool).tolist()


def test_the_shade_of_mistakes_is_relative_to_the_largest_share():
    rows = show(TARGETS, ANSWERS, CLASSES).rows
    assert rows[1][1][0].shade == 1.0  # half of the dogs
    assert rows[0][1][1].shade == 0.8  # 2 of 5 cats
    assert rows[2][1][0].shade == 0.667  # a third of the owls


def test_no_mistakes_and_no_images():
    rows = show(np.array([0, 0]), np.array([0, 0]), CLASSES).rows
    assert [[c.shade for c in cells] for _, cells in rows] == [
        [1.0, 0.0, 0.0],
        [0.0, 0.0, 0.0],
        [0.0, 0.0, 0.0],
    ]


@pytest.mark.parametrize(
    ("num_classes", "table", "picture"),
    [(24, True, False), (25, False, True), (600, False, True), (601, False, False)],
)
def test_table_picture_or_neither(num_classes, table, picture):
    classes = [str(i) for i in range(num_classes)]
    shown = show(TARGETS, ANSWERS, classes)
    assert bool(shown.rows) == table
    assert (shown.picture is not None) == picture


def test_the_picture_has_a_pixel_a_cell():
    classes = [str(i) for i in range(30)]
    uri = show(np.array([4, 4, 7, 9]), np.array([4, 4, 2, 9]), classes).picture
    pixels = np.array(Image.open(io.BytesIO(base64.b64decode(uri.split(",")[1]))))
    assert pixels.shape == (30, 30, 4)
    seen = np.argwhere(pixels[..., 3])
    assert seen.tolist() == [[4, 4], [7, 2], [9, 9]]
    right, wrong = pixels[4, 4], pixels[7, 2]
    assert right[2] > right[0]
    assert wrong[0] > wrong[2]


def test_the_most_frequent_mistakes_come_first():
    pairs = most_confused(TARGETS, ANSWERS, CLASSES)
    assert pairs == [
        Confused("cat", "dog", 2, 2 / 5),
        Confused("dog", "cat", 1, 1 / 2),
        Confused("owl", "cat", 1, 1 / 3),
    ]
    assert most_confused(TARGETS, ANSWERS, CLASSES, most=1) == pairs[:1]
    assert most_confused(TARGETS, TARGETS, CLASSES) == []
