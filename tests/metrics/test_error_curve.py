"""Failure rate and the area under the cumulative curve, against the curve itself."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import auc

from trainwell.metrics import cumulative_error_auc, failure_rate


def area_by_steps(errors, threshold):
    """The step function drawn with both ends of each step, under scikit-learn's auc."""
    inside = sorted(e for e in errors if e < threshold)
    x, y = [0.0], [0.0]
    for i, e in enumerate(inside):
        x += [e, e]
        y += [i / len(errors), (i + 1) / len(errors)]
    return auc([*x, threshold], [*y, len(inside) / len(errors)]) / threshold


@given(
    st.lists(st.floats(0, 0.3) | st.sampled_from([0.0, 0.08, np.inf]), min_size=1),
    st.sampled_from([0.01, 0.08, 0.25]),
)
def test_the_area_is_that_of_the_steps(errors, threshold):
    expected = area_by_steps(errors, threshold)
    found = cumulative_error_auc(np.array(errors), threshold)
    assert found == pytest.approx(expected, abs=1e-12)


@given(st.lists(st.floats(0, 0.3), min_size=1))
def test_failures_are_what_the_curve_lacks_at_its_end(errors):
    errors = np.array(errors)
    assert failure_rate(errors, 0.08) == np.mean([e > 0.08 for e in errors])
    assert cumulative_error_auc(errors, 0.08) <= 1 - failure_rate(errors, 0.08) + 1e-12


def test_an_error_of_the_threshold_is_no_failure():
    assert failure_rate(np.array([0.08, 0.0800001]), 0.08) == 0.5


def test_images_without_an_error_do_not_count_and_infinite_ones_fail():
    errors = np.array([0.04, np.nan, np.inf, 0.0])
    assert failure_rate(errors, 0.08) == pytest.approx(1 / 3)
    assert cumulative_error_auc(errors, 0.08) == pytest.approx(0.5)
    for metric in (failure_rate, cumulative_error_auc):
        assert np.isnan(metric(np.array([np.nan])))
        assert np.isnan(metric(np.array([])))


@pytest.mark.parametrize("metric", [failure_rate, cumulative_error_auc])
def test_a_threshold_must_be_positive(metric):
    with pytest.raises(ValueError, match="`threshold` must be positive, got 0"):
        metric(np.zeros(3), 0)
