"""When a difference of accuracies is called one of places."""

import pytest

from trainwell.metrics import explain_gap


@pytest.mark.parametrize(
    ("cross_validated", "validation", "num_val", "said"),
    [
        (0.426, 0.115, 296, True),
        (0.9, 0.74, 10_000, True),
        (0.9, 0.76, 10_000, False),  # sure, but near
        (0.9, 0.7, 30, False),  # 0.2 by chance: the error is 0.084
        (0.5, 0.9, 300, False),
    ],
)
def test_far_and_beyond_chance(cross_validated, validation, num_val, said):
    text = explain_gap(cross_validated, validation, (2000, num_val))
    assert bool(text) == said


def test_the_text_has_both_numbers():
    text = explain_gap(0.426, 0.115, (2000, 296))
    assert "0.426, validation 0.115: validation comes from elsewhere" in text
