import pytest
import torch

from trainwell.schedules import one_cycle


def test_values():
    schedule = one_cycle(peak=0.2, start=0.4, final=0.1)
    values = [schedule(p) for p in (0.0, 0.1, 0.2, 0.6, 1.0)]
    assert values == pytest.approx([0.4, 0.7, 1.0, 0.55, 0.1])


def test_agrees_with_torch():
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=1.0)
    reference = torch.optim.lr_scheduler.OneCycleLR(
        optimizer,
        max_lr=1.0,
        total_steps=11,
        pct_start=4 / 11,  # torch peaks one step before
        div_factor=25,
        final_div_factor=400,
        cycle_momentum=False,
    )
    for i in range(11):
        assert one_cycle()(i / 10) == pytest.approx(reference.get_last_lr()[0])
        optimizer.step()
        if i < 10:
            reference.step()


@pytest.mark.parametrize(
    ("peak", "values"), [(0.0, [1, 0.50005, 1e-4]), (1.0, [0.04, 0.52, 1])]
)
def test_a_peak_at_either_end_leaves_one_side(peak, values):
    schedule = one_cycle(peak=peak)
    assert [schedule(p) for p in (0.0, 0.5, 1.0)] == pytest.approx(values)


@pytest.mark.parametrize("name", ["peak", "start", "final"])
def test_out_of_range(name):
    with pytest.raises(ValueError, match=f"`{name}` must be in"):
        one_cycle(**{name: 1.5})


def test_where_the_peak_lies_against_torch():
    """As the card says: ours at step `peak` x steps, torch's one step before."""
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=1.0)
    reference = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, max_lr=1.0, total_steps=100, pct_start=0.3, cycle_momentum=False
    )
    rates = []
    for _ in range(100):
        rates.append(reference.get_last_lr()[0])
        optimizer.step()
        if len(rates) < 100:
            reference.step()
    ours = [one_cycle(peak=0.3)(i / 100) for i in range(101)]
    assert ours.index(max(ours)) == 30
    assert rates.index(max(rates)) == 29
    assert rates[0] == ours[0] == pytest.approx(0.04)
    assert (ours[-1], rates[-1]) == pytest.approx((1e-4, 4e-6))
