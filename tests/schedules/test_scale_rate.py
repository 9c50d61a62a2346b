import jaxtyping
import pytest

from trainwell.schedules import scale_rate


def test_a_larger_batch_has_a_larger_rate():
    # Goyal et al.: 0.1 for 256 images, 3.2 for 8192
    assert scale_rate(0.1, batch_size=8192) == pytest.approx(3.2)
    assert scale_rate(0.1, batch_size=64) == pytest.approx(0.025)


def test_by_the_root():
    rate = scale_rate(0.001, batch_size=64, base_batch_size=16, rule="sqrt")
    assert rate == pytest.approx(0.002)


def test_the_same_batch_keeps_the_rate():
    for rule in ("linear", "sqrt"):
        assert scale_rate(0.3, batch_size=96, base_batch_size=96, rule=rule) == 0.3


@pytest.mark.parametrize("name", ["batch_size", "base_batch_size"])
def test_out_of_range(name):
    with pytest.raises(ValueError, match=f"`{name}` must be positive"):
        scale_rate(0.1, **{"batch_size": 8, name: 0})


def test_negative_rate():
    with pytest.raises(ValueError, match="`lr` must be in"):
        scale_rate(-0.1, batch_size=8)


def test_unknown_rule(monkeypatch):
    monkeypatch.setattr(jaxtyping.config, "jaxtyping_disable", True)
    with pytest.raises(ValueError, match="`rule` must be one of linear, sqrt"):
        scale_rate(0.1, batch_size=8, rule="root")
