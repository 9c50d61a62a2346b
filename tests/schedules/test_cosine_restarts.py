import pytest
import torch

from trainwell.schedules import cosine_restarts


def test_agrees_with_torch():
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=1.0)
    reference = torch.optim.lr_scheduler.CosineAnnealingWarmRestarts(
        optimizer, T_0=4, T_mult=3, eta_min=0.1
    )
    schedule = cosine_restarts(cycles=3, growth=3.0, final=0.1)
    for i in range(52):  # 4 + 12 + 36
        assert schedule(i / 52) == pytest.approx(reference.get_last_lr()[0])
        optimizer.step()
        reference.step()
    assert schedule(1.0) == pytest.approx(0.1)


def test_final_out_of_range():
    with pytest.raises(ValueError, match="`final` must be in"):
        cosine_restarts(final=1.5)
