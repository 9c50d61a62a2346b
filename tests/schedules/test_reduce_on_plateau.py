import math

import pytest
import torch

from trainwell.schedules import reduce_on_plateau


def test_by_hand():
    # best at the second; two more are borne, the third reduces; then two again
    values = [0.5, 0.6, 0.6, 0.59, 0.58, 0.6, 0.6, 0.55]
    factors = [reduce_on_plateau(values[:n], factor=0.5, patience=2) for n in range(9)]
    assert factors == [1, 1, 1, 1, 1, 0.5, 0.5, 0.5, 0.25]


@pytest.mark.parametrize(("patience", "min_delta"), [(0, 0.0), (3, 0.0), (2, 0.05)])
def test_agrees_with_torch(patience, min_delta):
    g = torch.Generator().manual_seed(0)
    rising = torch.linspace(0, 0.4, 60) + 0.3 * torch.rand(60, generator=g)
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=1.0)
    reference = torch.optim.lr_scheduler.ReduceLROnPlateau(
        optimizer,
        mode="max",
        factor=0.7,
        patience=patience,
        threshold=min_delta,
        threshold_mode="abs",
        eps=0.0,
    )
    values = []
    for value in rising.tolist():
        values.append(value)
        reference.step(value)
        factor = reduce_on_plateau(
            values, factor=0.7, patience=patience, min_delta=min_delta
        )
        assert factor == pytest.approx(optimizer.param_groups[0]["lr"])
    assert factor < 1


def test_what_is_not_a_number_is_no_improvement():
    assert reduce_on_plateau([0.5, math.nan, math.nan], patience=1) == 0.1


@pytest.mark.parametrize(
    ("name", "value"),
    [("factor", 0.0), ("factor", 1.5), ("patience", -1), ("min_delta", -0.1)],
)
def test_out_of_range(name, value):
    with pytest.raises(ValueError, match=f"`{name}` must be"):
        reduce_on_plateau([0.5], **{name: value})
