import numpy as np
import pytest

from trainwell.augment.ops._specs import OP_CODES
from trainwell.augment.policies import CTAugment
from trainwell.augment.policies._space import CTAUGMENT

ORDER = list(CTAUGMENT)
CONTRAST = ORDER.index("contrast")


def levels_of(operations):
    factors = operations.magnitudes[operations.op_codes == OP_CODES["contrast"]][:, 0]
    return (factors - 0.1) / 1.9


def bins_of(operations):
    return np.floor(levels_of(operations) * 17).astype(int)


def test_all_bins_come_at_first(context, even):
    bins = bins_of(CTAugment()(context(40_000)))
    counts = np.bincount(bins, minlength=17)
    assert len(counts) == 17
    assert even(counts, len(bins) / 17)


def test_levels_are_uniform_within_a_bin(context, even):
    places = levels_of(CTAugment()(context(40_000))) * 17 % 1
    assert even(np.histogram(places, 10, (0, 1))[0], len(places) / 10)


def test_bins_come_in_proportion_to_weights_above_the_threshold(context):
    policy = CTAugment()
    policy.weights[CONTRAST] = 0.5
    policy.weights[CONTRAST, [2, 5]] = [0.9, 0.81]
    counts = np.bincount(bins_of(policy(context(40_000))), minlength=17)
    assert set(np.flatnonzero(counts)) == {2, 5}
    share = counts[2] / counts.sum()
    assert abs(share - 0.9 / 1.71) < 5 * 0.5 / np.sqrt(counts.sum())


def test_if_all_bins_have_fallen_the_best_is_drawn(context):
    policy = CTAugment()
    policy.weights[CONTRAST] = 0.1
    policy.weights[CONTRAST, 7] = 0.2
    assert set(bins_of(policy(context()))) == {7}


def test_probes_are_uniform_whatever_the_weights(context, even):
    policy = CTAugment(num_ops=1)
    policy.weights[:] = 0.1
    _, choice, place = policy.probe(context(38_000))
    assert even(np.bincount(choice[:, 0], minlength=19), 2000)
    for name, bins in (("identity", 1), ("posterize", 8), ("rotate", 17)):
        found = place[choice == ORDER.index(name)]
        assert even(np.bincount(found, minlength=bins), len(found) / bins)
        assert found.max() == bins - 1


def test_posterize_keeps_the_bits_of_its_bin(context):
    policy = CTAugment(num_ops=1)
    policy.weights[ORDER.index("posterize")] = 0
    policy.weights[ORDER.index("posterize"), 2] = 1
    operations = policy(context())
    bits = operations.magnitudes[operations.op_codes == OP_CODES["posterize"]][:, 0]
    assert set(bits) == {3}


def test_the_pool_is_that_of_the_paper():
    published = (
        "autocontrast blur brightness color contrast cutout equalize invert identity "
        "posterize rescale rotate sharpness shear_x shear_y smooth solarize "
        "translate_x translate_y"
    )
    ours = {"color": "saturation"}
    assert {ours.get(n, n) for n in published.split()} == set(ORDER)
    assert (
        CTAugment().weights.sum(1)
        == [1 if n == "identity" else 8 if n == "posterize" else 17 for n in ORDER]
    ).all()


def test_update_by_hand():
    policy = CTAugment(num_ops=2, decay=0.9)
    choice, place = np.array([[3, 4], [3, 0]]), np.array([[16, 0], [16, 0]])
    expected = policy.weights.copy()
    policy.update(choice, place, np.array([0.5, 0.0]))
    expected[3, 16] = (1 * 0.9 + 0.1 * 0.5) * 0.9 + 0.1 * 0.0
    expected[4, 0] = 0.9 + 0.1 * 0.5
    expected[0, 0] = 0.9
    np.testing.assert_allclose(policy.weights, expected, atol=1e-12)


def test_each_policy_has_weights_of_its_own():
    one, other = CTAugment(), CTAugment()
    one.weights[:] = 0
    assert other.weights.max() == 1


def test_weights_of_other_operations_are_refused_in_one_line():
    policy = CTAugment()
    policy.restore(0.5 * policy.weights)
    assert policy.weights.max() == 0.5
    with pytest.raises(ValueError, match="weights of 15: it is of an earlier version"):
        policy.restore(np.ones((15, 17)))


def test_messages():
    with pytest.raises(ValueError, match="`threshold` must be in"):
        CTAugment(threshold=2)
