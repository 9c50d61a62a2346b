import numpy as np
import pytest

from trainwell.prune import gradual_share


def test_by_hand():
    # a quarter of the way: 0.8 (1 - 0.75^3)
    got = gradual_share(0.3, share=0.8, start=0.2, end=0.6)
    assert got == pytest.approx(0.8 * (1 - 0.421875))


def test_rises_from_zero_to_the_share():
    curve = [gradual_share(p, share=0.9) for p in np.linspace(0, 1, 101)]
    assert curve[0] == 0
    assert curve[-1] == 0.9
    assert (np.diff(curve) >= 0).all()
    assert gradual_share(0.2, share=0.9) == 0
    assert gradual_share(0.7, share=0.9) == 0.9


def test_all_at_once():
    assert gradual_share(0.49, share=0.5, start=0.5, end=0.5) == 0
    assert gradual_share(0.5, share=0.5, start=0.5, end=0.5) == 0.5


def test_messages():
    with pytest.raises(ValueError, match="`end` must not lie before `start`, 0.5"):
        gradual_share(0.1, share=0.5, start=0.5, end=0.4)
    with pytest.raises(ValueError, match=r"`share` must be in \[0, 1\]"):
        gradual_share(0.1, share=2)
