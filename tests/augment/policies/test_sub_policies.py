import numpy as np
import pytest

from trainwell.augment.ops._specs import OP_CODES
from trainwell.augment.policies import SubPolicies

TWO = SubPolicies(
    (
        (("invert", 1.0, 0), ("solarize", 0.25, 5)),
        (("equalize", 0.0, 0), ("posterize", 1.0, 10)),
    ),
    most=10,
)


def test_chains_and_probabilities(context):
    operations = TWO(context(8000))
    first = operations.op_codes[:, 0] == OP_CODES["invert"]
    assert abs(first.mean() - 0.5) < 5 * 0.5 / np.sqrt(8000)
    solarized = operations.op_codes[first, 1] == OP_CODES["solarize"]
    assert abs(solarized.mean() - 0.25) < 5 * 0.5 / np.sqrt(4000)
    assert set(operations.op_codes[first, 1]) == {OP_CODES["solarize"], 0}
    second = operations[np.flatnonzero(~first)]
    assert (second.op_codes == [0, OP_CODES["posterize"]]).all()
    assert (second.magnitudes[:, 1, 0] == 4).all()
    thresholds = operations.magnitudes[operations.op_codes == OP_CODES["solarize"]][
        :, 0
    ]
    assert (thresholds == 127.5).all()


def test_chains_of_unequal_length(context):
    policy = SubPolicies(((("invert", 1, 0),), (("invert", 1, 0), ("equalize", 1, 0))))
    codes = policy(context(50)).op_codes
    assert (codes[:, 0] == OP_CODES["invert"]).all()
    assert set(codes[:, 1]) == {0, OP_CODES["equalize"]}


def test_any_operation_of_the_pool_may_stand_in_a_chain(context):
    policy = SubPolicies(((("gaussian_noise", 1, 0.5), ("erase", 1, 1)),))
    operations = policy(context(20))
    assert (operations.op_codes == [OP_CODES["noise"], OP_CODES["erase"]]).all()
    assert (operations.magnitudes[:, 0, 1] == 0.1).all()
    assert len(np.unique(operations.magnitudes[:, 0, 2])) == 20, "keys of their own"


@pytest.mark.parametrize(
    ("chain", "words"),
    [
        (("twirl", 0.5, 1), "`operation` must be one of"),
        (("invert", 1.5, 1), "`probability` must be in"),
        (("invert", 0.5, 11), "`strength` must be in"),
    ],
)
def test_messages(chain, words):
    with pytest.raises(ValueError, match=words):
        SubPolicies(((chain,),), most=10)
    with pytest.raises(ValueError, match="one chain or more"):
        SubPolicies(())
