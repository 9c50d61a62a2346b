"""The reason why weights are kept, in words."""

import pytest

from trainwell.runs.training._kept_weights import describe_kept


def line(step, accuracy):
    return {"step": step, "epoch": step / 10, "val_accuracy": accuracy}


CURVES = [line(0, 0.8), line(10, 0.9), line(20, 0.86)]


@pytest.mark.parametrize(
    ("kept", "count", "select", "said"),
    [
        (1, 36, "accuracy", "the highest accuracy on validation"),
        (0, 36, "accuracy", "the head that was solved for"),
        (2, 0, "accuracy", "the last weights"),
        (2, 36, "auc", "the best weights by AUC"),
        (
            2,
            36,
            "accuracy",
            "accuracy of 0.860 is within the noise of 36 validation images (0.054) of "
            "the highest, 0.900 in epoch 1,",
        ),
    ],
)
def test_the_reason_is_said(kept, count, select, said):
    text = describe_kept(CURVES, kept, count, select)
    assert said in text


def test_first_weights_without_a_step_were_not_chosen():
    assert describe_kept(CURVES[:1], 0, 36, "accuracy") == ""
    assert describe_kept(CURVES[1:2], 0, 36, "accuracy")


def test_of_no_evaluation_nothing_is_said():
    assert describe_kept([], -1, 36, "accuracy") == ""
