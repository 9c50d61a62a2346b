import numpy as np
import pytest

from trainwell.augment.ops._specs import OP_CODES
from trainwell.augment.policies import Population
from trainwell.augment.policies._population import NUM_ENTRIES
from trainwell.augment.policies._space import AUTOAUGMENT, SEARCHED

HALF = NUM_ENTRIES // 2
ORDER = list(AUTOAUGMENT)


def policy(*stages, epochs=None):
    """Each stage: {entry: (probability, strength)}."""
    p, s = np.zeros((len(stages), NUM_ENTRIES)), np.zeros((len(stages), NUM_ENTRIES))
    for i, stage in enumerate(stages):
        for entry, (chance, strength) in stage.items():
            p[i, entry], s[i, entry] = chance, strength
    return Population(p.tolist(), s.tolist(), epochs or [1] * len(stages))


INVERT, SOLARIZE = ORDER.index("invert"), ORDER.index("solarize")


def test_number_of_operations(context):
    """With everything certain, 0, 1 or 2 are applied with 0.2, 0.3, 0.5."""
    certain = policy({k: (1.0, 0.5) for k in range(NUM_ENTRIES) if k % HALF})
    operations = certain(context(20_000))
    applied = (operations.op_codes != 0).sum(1)
    shares = np.bincount(applied, minlength=3) / 20_000
    assert np.abs(shares - [0.2, 0.3, 0.5]).max() < 0.02


def test_an_entry_has_its_probability_and_strength(context):
    one = policy({INVERT: (0.4, 0.0)})
    share = (one(context(20_000)).op_codes == OP_CODES["invert"]).any(1).mean()
    assert abs(share - 0.4 * 0.8) < 0.02
    twice = policy({SOLARIZE: (1.0, 0.2), HALF + SOLARIZE: (1.0, 0.6)})
    operations = twice(context(5000))
    thresholds = operations.magnitudes[operations.op_codes == OP_CODES["solarize"]][
        :, 0
    ]
    assert np.unique(thresholds.round(6)).tolist() == [102.0, 204.0]
    both = (operations.op_codes == OP_CODES["solarize"]).all(1)
    assert abs(both.mean() - 0.5) < 0.04
    assert (
        operations.magnitudes[both, 0, 0] != operations.magnitudes[both, 1, 0]
    ).all()


def test_stages_follow_the_epochs_and_stretch(context):
    two = policy({INVERT: (1.0, 0)}, {SOLARIZE: (1.0, 0.5)}, epochs=[2, 1])

    def codes(**when):
        return set(two(context(200, **when)).op_codes.ravel()) - {0}

    assert [codes(epoch=e) for e in range(4)] == [
        {OP_CODES["invert"]},
        {OP_CODES["invert"]},
        {OP_CODES["solarize"]},
        {OP_CODES["solarize"]},
    ]
    assert codes(epoch=11, epochs=18) == {OP_CODES["invert"]}
    assert codes(epoch=12, epochs=18) == {OP_CODES["solarize"]}


def test_policies_of_other_operations(context):
    """The published search has cutout, of up to 20 of 32 pixels."""
    p = [[float(name == "cutout") for name in (*SEARCHED, *SEARCHED)]]
    found = Population(p, [[1.0] * NUM_ENTRIES], [1], SEARCHED)(context(2000))
    erased = found.op_codes == OP_CODES["erase"]
    assert abs(erased.any(1).mean() - 0.8) < 0.04
    assert set(found.op_codes.ravel()) == {0, OP_CODES["erase"]}
    boxes = found.magnitudes[erased]
    np.testing.assert_allclose(boxes[:, 2] - boxes[:, 0], 20 / 32)
    assert len(np.unique(boxes[:, 0])) > 1000
    one = Population([[1.0, 1.0]], [[0.5, 0.5]], [1], ["gamma"])(context(500))
    assert set(one.op_codes.ravel()) == {0, OP_CODES["gamma"]}


def test_messages():
    with pytest.raises(ValueError, match="`operation` must be one of"):
        Population([[1.0, 1.0]], [[0.5, 0.5]], [1], ["gama"])
    with pytest.raises(ValueError, match="must hold 2 numbers"):
        Population([[1.0]], [[0.5]], [1], ["gamma"])
    with pytest.raises(ValueError, match=f"must hold {NUM_ENTRIES} numbers"):
        Population([[0.5]], [[0.5]], [1])
    with pytest.raises(ValueError, match="`strengths` must be in"):
        policy({0: (0.5, 1.5)})
