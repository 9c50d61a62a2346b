"""The two forms of the equations have one solution; products are exact enough."""

import pytest
import torch

from trainwell.transfer import _normal_equations as equations


@pytest.mark.parametrize("shape", [(5, 3), (3, 5), (17, 9), (9, 17), (8, 8)])
def test_products_in_blocks(shape, monkeypatch):
    monkeypatch.setattr(equations, "_BLOCK", 4)
    monkeypatch.setattr(equations, "_CHUNK", 3)
    rows = torch.randn(shape, generator=torch.Generator().manual_seed(0)).double()
    torch.testing.assert_close(equations.products(rows), rows @ rows.T)


def test_many_products_are_added_up_in_float64():
    """In float32 the sum of 200,000 squares is off by far more than its roundings."""
    rows = torch.rand(2, 200_000, generator=torch.Generator().manual_seed(0))
    exact = rows.double() @ rows.double().T
    found = equations.products(rows)
    assert found.dtype == torch.float64
    assert ((found - exact) / exact).abs().max() < 3e-7
    assert torch.equal(found, found.T)


@pytest.mark.parametrize("part", [slice(None), slice(3, 11)])
def test_both_forms_have_one_solution(part):
    generator = torch.Generator().manual_seed(0)
    z = torch.randn(14, 10, generator=generator).double() + 1
    rows = torch.arange(14)[part]
    share = torch.rand(len(rows), generator=generator).double()
    share /= share.sum()
    y = torch.randn(len(rows), 2, generator=generator).double()
    pairs = [
        kind(z).of(rows, share).solve(y, 0.2)
        for kind in (equations._OfFeatures, equations._OfImages)
    ]
    torch.testing.assert_close(*pairs)
    weight, bias = pairs[0]
    left = y - z[rows] @ weight.T - bias  # the gradient is zero
    torch.testing.assert_close(share @ left, torch.zeros(2).double())
    slope = (share[:, None] * left).T @ z[rows] - 0.2 * weight
    torch.testing.assert_close(slope, torch.zeros(2, 10).double())


def test_the_smaller_form_is_taken():
    kinds = [type(equations.normal_equations(torch.randn(n, 4))) for n in (3, 4, 5)]
    assert kinds == [equations._OfImages, equations._OfFeatures, equations._OfFeatures]
