"""The options of a stage."""

import pytest

from trainwell.tuning import Stage


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"sampler": "gird"}, "Did you mean `grid`"),
        ({"count": 0}, "`count` must be positive"),
        ({"epochs": 0.0}, "`epochs` must be positive"),
    ],
)
def test_messages(wrong, message):
    with pytest.raises(ValueError, match=message):
        Stage(**{"first": 0, "count": 3, "epochs": 1.0, "seed": 0, **wrong})
