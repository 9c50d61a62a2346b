"""Labels and batches made by hand."""

import pytest
import torch

from trainwell.diagnose._check_labels import check_labels, check_shuffling


def of(*counts):
    return torch.cat([torch.full((n,), k) for k, n in enumerate(counts)])


@pytest.mark.parametrize(
    ("targets", "classes", "name", "level"),
    [
        (of(50, 50, 50), 3, "labels", "pass"),
        (of(50, 50) + 1, 2, "labels out of range", "fail"),
        (of(50, 50) - 1, 2, "labels out of range", "fail"),
        (of(30, 0, 30), 3, "class missing", "fail"),
        (of(30, 0, 29), 3, "labels", "pass"),
        (of(90, 18, 60), 3, "class imbalance", "warn"),
        (of(90, 19, 60), 3, "labels", "pass"),
        (of(70, 14, 50), 3, "labels", "pass"),
    ],
)
def test_by_hand(targets, classes, name, level):
    found = check_labels(targets, classes)
    assert (found.name, found.level) == (name, level)


def test_what_is_tried_next_knows_labels_from_one():
    assert check_labels(of(5, 5) + 1, 2).try_next == "count labels from 0"
    assert "an output per class" in check_labels(of(5, 5) + 2, 2).try_next


def test_validation_only_warns_and_is_not_balanced():
    assert check_labels(of(30, 0, 30), 3, split="validation").level == "warn"
    assert check_labels(of(900, 18, 60), 3, split="validation").level == "pass"


def test_order():
    sorted_ = [torch.full((8,), k) for k in range(4)]
    found = check_shuffling(sorted_, 4)
    assert found.name == "sorted batches"
    assert found.numbers["distinct"] == 1
    assert found.numbers["expected"] == pytest.approx(4 * (1 - 0.75**8))
    assert check_shuffling([torch.arange(8) % 4] * 4, 4).level == "pass"
    assert check_shuffling([torch.zeros(8, dtype=torch.long)] * 3, 4).level == "pass"


def test_the_limit_of_order():
    # three classes where shuffling gives nearly four pass, two do not
    three = [(torch.arange(40) % 3 + k) % 4 for k in range(4)]
    two = [(torch.arange(40) % 2 + k) % 4 for k in range(4)]
    assert check_shuffling(three, 4).level == "pass"
    assert check_shuffling(two, 4).level == "fail"
