import pytest
import torch

from trainwell.schedules import cyclic


def test_values():
    schedule = cyclic(cycles=2, low=0.2)
    values = [schedule(i / 8) for i in range(9)]
    assert values == pytest.approx([0.2, 0.6, 1, 0.6, 0.2, 0.6, 1, 0.6, 0.2])


def test_agrees_with_torch():
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=1.0)
    reference = torch.optim.lr_scheduler.CyclicLR(
        optimizer, base_lr=0.1, max_lr=1.0, step_size_up=5, cycle_momentum=False
    )
    for i in range(31):
        assert cyclic(cycles=3)(i / 30) == pytest.approx(reference.get_last_lr()[0])
        optimizer.step()
        reference.step()


@pytest.mark.parametrize(("name", "value"), [("cycles", 0), ("low", 1.5)])
def test_out_of_range(name, value):
    with pytest.raises(ValueError, match=f"`{name}` must be"):
        cyclic(**{name: value})
