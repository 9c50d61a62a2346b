import numpy as np
import pytest

from trainwell.augment.ops._specs import OP_CODES
from trainwell.augment.policies import CTAugment
from trainwell.augment.policies._space import AUTOAUGMENT

CONTRAST = list(AUTOAUGMENT).index("contrast")


def bins_of(operations):
    factors = operations.magnitudes[operations.op_codes == OP_CODES["contrast"]][:, 0]
    return np.rint(np.abs(factors - 1) / 0.9 * 17 - 0.5).astype(int)


def test_all_bins_come_at_first(context, even):
    bins = bins_of(CTAugment()(context(40_000)))
    counts = np.bincount(bins, minlength=17)
    assert len(counts) == 17
    assert even(counts, len(bins) / 17)


def test_bins_come_in_proportion_to_weights_above_the_threshold(context):
    policy = CTAugment()
    policy.weights[CONTRAST] = 0.5
    policy.weights[CONTRAST, [2, 5]] = [0.9, 0.81]
    counts = np.bincount(bins_of(policy(context(40_000))), minlength=17)
    assert set(np.flatnonzero(counts)) == {2, 5}
    share = counts[2] / counts.sum()
    assert abs(share - 0.9 / 1.71) < 5 * 0.5 / np.sqrt(counts.sum())


def test_if_no_bin_has_weight_the_weakest_is_drawn(context):
    policy = CTAugment()
    policy.weights[CONTRAST] = 0.1
    assert set(bins_of(policy(context()))) == {0}


def test_probes_are_uniform_whatever_the_weights(context, even):
    policy = CTAugment(num_ops=1)
    policy.weights[:] = 0.1
    _, choice, place = policy.probe(context(34_000))
    assert even(np.bincount(place[:, 0], minlength=17), 2000)
    assert even(np.bincount(choice[:, 0], minlength=15), 34_000 / 15)


def test_update_by_hand():
    policy = CTAugment(num_ops=2, decay=0.9)
    choice, place = np.array([[3, 4], [3, 0]]), np.array([[16, 0], [16, 1]])
    policy.update(choice, place, np.array([0.5, 0.0]))
    expected = np.ones((15, 17))
    expected[3, 16] = (1 * 0.9 + 0.1 * 0.5) * 0.9 + 0.1 * 0.0
    expected[4, 0] = 0.9 + 0.1 * 0.5
    expected[0, 1] = 0.9
    np.testing.assert_allclose(policy.weights, expected, atol=1e-12)


def test_each_policy_has_weights_of_its_own():
    one, other = CTAugment(), CTAugment()
    one.weights[:] = 0
    assert (other.weights == 1).all()


def test_messages():
    with pytest.raises(ValueError, match="`threshold` must be in"):
        CTAugment(threshold=2)
