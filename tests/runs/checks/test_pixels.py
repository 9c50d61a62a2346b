"""Pixels of much data are judged by a part in which every class keeps its share."""

import numpy as np
import pytest

from trainwell.runs import Quiet, check_data
from trainwell.runs.checks import _pixels as pixels

COUNT, CLASSES = 20_000, 10


def many(order):
    """Tiny images whose brightness tells the class; one class is rare."""
    rng = np.random.default_rng(0)
    targets = np.where(order == CLASSES - 1, np.arange(len(order)) % 9, order)
    targets[np.flatnonzero(order == CLASSES - 1)[:200]] = CLASSES - 1
    noise = rng.integers(0, 20, (len(order), 6, 6))
    return (noise + 20 * targets[:, None, None]).astype(np.uint8), targets


SORTED = np.sort(np.arange(COUNT) % CLASSES)
IN_TURN = np.arange(COUNT) % CLASSES


@pytest.fixture(scope="module", params=[SORTED, IN_TURN], ids=["sorted", "in turn"])
def checked(request):
    """The findings by name, and what was looked at of each split."""
    looked, original = [], pixels.plain_batch

    def watched(dataset, store, view, indices):
        looked.append((dataset, indices))
        return original(dataset, store, view, indices)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pixels, "plain_batch", watched)
        found = check_data(many(request.param), reporter=Quiet())
    return {finding.name: finding for finding in found.findings}, looked


def test_no_more_than_2000_of_a_split_are_looked_at(checked):
    _, looked = checked
    assert [len(indices) for _, indices in looked] == [2000, 2000]
    for dataset, indices in looked:
        assert len(np.unique(indices)) == 2000
        assert indices.max() < len(dataset)


def test_every_class_keeps_its_share(checked):
    _, looked = checked
    for dataset, indices in looked:
        share = 2000 / len(dataset)
        seen = np.bincount(dataset.targets[indices], minlength=CLASSES)
        expected = np.bincount(dataset.targets, minlength=CLASSES) * share
        assert np.abs(seen - expected).max() <= 1
        assert seen.min() > 0


def test_the_findings_say_so(checked):
    found, looked = checked
    train, val = (f"{len(dataset):,}" for dataset, _ in looked)
    assert found["labels fit images"].what.endswith(
        f"Judged by 2,000 of {train} training images."
    )
    both = f"Judged by 2,000 of {train} training and 2,000 of {val} validation images."
    assert found["labels agree"].what.endswith(both)
    assert found["preprocessing alike"].what.endswith(both)
    assert found["inputs"].what.endswith(f"Judged by 2,000 of {val} validation images.")
    assert {found[name].level for name in found} <= {"pass", "warn", "untested"}
    assert found["labels fit images"].numbers["accuracy"] > 0.8


def test_all_of_few_images_are_judged_without_a_word():
    images, targets = many(np.arange(600) % CLASSES)
    found = check_data((images[:600], targets[:600]), reporter=Quiet())
    assert not any("Judged by" in finding.what for finding in found.findings)
