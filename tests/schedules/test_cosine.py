import pytest
import torch

from trainwell.schedules import cosine


@pytest.mark.parametrize(
    ("progress", "value"), [(0.0, 1.0), (1 / 3, 0.8), (0.5, 0.6), (1.0, 0.2)]
)
def test_values(progress, value):
    assert cosine(final=0.2)(progress) == pytest.approx(value, abs=1e-12)


def test_agrees_with_torch():
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=1.0)
    reference = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, 10, eta_min=0.1)
    for i in range(11):
        assert cosine(0.1)(i / 10) == pytest.approx(reference.get_last_lr()[0])
        optimizer.step()
        reference.step()


def test_final_out_of_range():
    with pytest.raises(ValueError, match="`final` must be in"):
        cosine(final=2.0)
