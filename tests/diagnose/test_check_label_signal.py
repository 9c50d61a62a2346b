"""Labels that belong to their images, that do not, and that are renumbered."""

import pytest
import torch
from sklearn.datasets import load_digits

from trainwell.diagnose import (
    check_label_signal,
    check_validation_labels,
    label_signal,
)


@pytest.fixture(scope="module")
def digits():
    source = load_digits()
    images = torch.tensor(source.images, dtype=torch.float32)[:600, None]
    return images, torch.tensor(source.target)[:600]


def test_doubtful_labels_are_named(digits):
    images, targets = digits
    wrong = targets.clone()
    wrong[::10] = (wrong[::10] + 3) % 10
    first = label_signal(images, wrong).suspects[0]
    found = check_label_signal(images, wrong, names=[f"n{i}" for i in range(600)])
    assert (found.name, found.level) == ("label noise", "warn")
    assert f"first those of n{first}, n" in found.what


def test_clean_and_shuffled_labels(digits):
    images, targets = digits
    assert check_label_signal(images, targets).level == "pass"
    order = torch.randperm(600, generator=torch.Generator().manual_seed(0))
    found = check_label_signal(images, targets[order])
    assert (found.name, found.level) == ("labels unrelated", "warn")


def test_few_images_are_not_checked(digits):
    images, targets = digits
    found = check_label_signal(images[:99], targets[:99])
    assert (found.level, found.numbers) == ("untested", {})
    assert "too few images" in found.what
    some = (images[:99], targets[:99])
    assert "too few images" in check_validation_labels(digits, some).what
    assert check_validation_labels(digits, some).level == "untested"


def test_validation_labels_that_agree_are_renumbered_or_shuffled(digits):
    images, targets = digits
    training = images[:300], targets[:300]
    others, truth = images[300:], targets[300:]
    found = check_validation_labels(training, (others, truth))
    assert found.level == "pass"
    assert found.numbers["accuracy"] > 0.8
    renumbered = check_validation_labels(training, (others, (truth + 1) % 10))
    assert (renumbered.name, renumbered.level) == ("labels renumbered", "fail")
    assert renumbered.numbers["renumbered"] == found.numbers["accuracy"]
    order = torch.randperm(300, generator=torch.Generator().manual_seed(0))
    shuffled = check_validation_labels(training, (others, truth[order]))
    assert shuffled.name == "validation labels unrelated"


def test_validation_from_elsewhere_is_named(digits):
    """Of every second image there, left is right."""
    images, targets = digits
    training = images[::2], targets[::2]
    elsewhere = images[1::2].clone()
    elsewhere[::2] = elsewhere[::2].flip(-1)
    here = check_label_signal(*training).numbers["accuracy"]
    found = check_validation_labels(
        training, (elsewhere, targets[1::2]), cross_validated=here
    )
    assert (found.name, found.level) == ("validation from elsewhere", "warn")
    assert f"says {here:.3f}, validation {found.numbers['accuracy']:.3f}" in found.what
    assert "other places, cameras or days" in found.what
    same = check_validation_labels(
        training, (images[1::2], targets[1::2]), cross_validated=here
    )
    assert same.level == "pass"
