"""Step 2: a few batches by heart, on a bowl."""

import math

import pytest

from trainwell.tuning import overfit


def test_the_recipes_own_rate_comes_first_and_ends_the_search(bowl):
    found = overfit(bowl, (0.5, 0.1, 5.0), batches=5)
    assert found.passed
    assert [a.rate for a in found.attempts] == [0.5]
    assert len(found.last.losses) == 10  # 0.5^7 < 0.01: in the second pass of 5
    assert found.last.losses[0] == pytest.approx(0.6)
    assert found.last.qualities == (0.5, 1.0)


@pytest.mark.parametrize(
    ("rate", "cause"), [(1e-5, "stuck"), (0.005, "too slow"), (9.0, "not finite")]
)
def test_what_goes_wrong_is_told_apart(bowl, rate, cause):
    found = overfit(lambda: bowl(floor=0.0), (rate,), batches=5, passes=40)
    assert (found.last.cause, found.passed) == (cause, False)


def test_other_rates_are_tried_each_on_a_new_network(bowl):
    found = overfit(bowl, (9.0, 1e-5, 0.5), batches=5, passes=4)
    assert [a.cause for a in found.attempts] == ["not finite", "stuck", "learned"]
    assert found.passed
    assert found.last.rate == 0.5
    assert [a.losses[0] for a in found.attempts] == [0.6] * 3


def test_a_burst_ends_an_attempt_at_once(bowl):
    found = overfit(bowl, (9.0,), batches=5, passes=40)
    assert len(found.last.losses) == 5
    assert not math.isfinite(found.last.losses[-1])


@pytest.mark.parametrize("wrong", [{"batches": 0}, {"batches": 1, "passes": 0}])
def test_messages(bowl, wrong):
    with pytest.raises(ValueError, match="must be positive, got 0"):
        overfit(bowl, (1.0,), **wrong)
    with pytest.raises(ValueError, match="`len.rates.` must be"):
        overfit(bowl, (), batches=1)


def test_what_counts_as_learned_can_be_less_than_perfect():
    class Nearly:
        def step(self, rate):
            return 1.0

        def quality(self):
            return 0.96

    assert overfit(Nearly, (0.1,), batches=1, passes=2, enough=0.95).passed
    assert not overfit(Nearly, (0.1,), batches=1, passes=2).passed
