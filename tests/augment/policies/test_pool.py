import math

import numpy as np
import pytest

from trainwell.augment.policies._pool import ALIASES, POOL

ALL = [(n, k) for n, o in POOL.items() for k in o.parameters]


def test_other_names_are_of_operations():
    assert set(ALIASES.values()) <= set(POOL)
    assert not set(ALIASES) & set(POOL)


@pytest.mark.parametrize(("name", "key"), ALL)
def test_a_parameter_is_whole(name, key):
    parameter = POOL[name].parameters[key]
    least, most = parameter.limits
    for ends in (parameter.usual, parameter.ends):
        if ends is not None:
            assert all(math.isfinite(end) for end in ends)
            assert least <= min(ends) <= max(ends) <= most
    if parameter.usual is not None:
        assert parameter.usual[0] <= parameter.usual[1]
    assert parameter.words or parameter.usual or key in ("color", "size")


@pytest.mark.parametrize(("name", "key"), ALL)
def test_what_is_within_the_limits_is_taken(name, key, context):
    """Those of the table are not wider than those of the operation."""
    operation, few = POOL[name], context(5)
    given = {k: p.usual for k, p in operation.parameters.items() if p.usual is not None}
    parameter = operation.parameters[key]
    for end in parameter.words or parameter.limits:
        value = end if isinstance(end, str) or math.isfinite(end) else 9.0
        made = operation.sampled({**given, key: value}, few, "test")
        assert np.isfinite(made.magnitudes).all()


@pytest.mark.parametrize("name", POOL)
def test_strengths_of_both_signs_make_an_operation(name, context):
    few, strength = context(50), np.linspace(0, 1, 50)
    for negative in (strength < 0, strength >= 0):
        made = POOL[name].at(strength, negative, few, "test")
        assert made.op_codes.shape == (50, 1)
        assert np.isfinite(made.magnitudes).all()
