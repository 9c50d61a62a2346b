"""Step 1: the loss of a network that knows nothing."""

import math

import pytest

from trainwell.tuning import check_initial_loss

LOG10 = math.log(10)


def check(loss, extra=0.1, classes=10, **more):
    return check_initial_loss(lambda decayed: loss + extra * decayed, classes, **more)


@pytest.mark.parametrize(
    ("share", "cause", "passed"),
    [
        (1.0, "fine", True),
        (0.76, "fine", True),
        (0.74, "too low", False),
        (1.24, "fine", True),
        (1.26, "sure of itself", True),
        (1.99, "sure of itself", True),
        (2.01, "too high", False),
        (math.nan, "not finite", False),
        (math.inf, "not finite", False),
    ],
)
def test_the_loss_is_held_against_log_k(share, cause, passed):
    found = check(share * LOG10)
    assert (found.cause, found.passed) == (cause, passed)
    assert found.expected == pytest.approx(2.302585)


def test_decay_must_raise_the_loss():
    found = check(LOG10, extra=0.0)
    assert (found.cause, found.passed) == ("decay does nothing", False)
    assert check(LOG10, extra=0.25).with_decay == pytest.approx(LOG10 + 0.25)
    assert check(LOG10, extra=math.inf).cause == "not finite"


def test_other_losses_need_only_be_finite():
    found = check(40.0, known=False)
    assert (found.cause, found.expected) == ("fine", None)
    assert check(math.nan, known=False).cause == "not finite"


def test_one_class_is_refused():
    with pytest.raises(ValueError, match="must be positive"):
        check(1.0, classes=1)


def test_without_classes_there_is_no_value_to_hold_it_against():
    assert check(40.0, classes=None).expected is None
