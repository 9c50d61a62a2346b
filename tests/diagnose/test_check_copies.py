"""Copies made by hand."""

import pytest
import torch

from trainwell.diagnose import check_leak
from trainwell.diagnose._check_copies import check_repeats

IMAGES = torch.arange(400.0).reshape(200, 1, 1, 2)


@pytest.mark.parametrize(("extra", "level"), [(0, "pass"), (10, "pass"), (11, "warn")])
def test_repeats(extra, level):
    found = check_repeats(torch.cat([IMAGES, IMAGES[:extra]]))
    assert found.level == level
    assert found.numbers["repeated"] == extra


@pytest.mark.parametrize(
    ("leaked", "level"), [(0, "pass"), (1, "warn"), (2, "fail"), (200, "fail")]
)
def test_leak(leaked, level):
    other = IMAGES + 1000
    other[:leaked] = IMAGES[:leaked]
    found = check_leak(IMAGES, other)
    assert (found.level, found.numbers["leaked"]) == (level, leaked)


def test_a_copy_within_validation_is_no_leak():
    assert check_leak(IMAGES, (IMAGES + 1000)[:1].expand(5, 1, 1, 2)).level == "pass"
