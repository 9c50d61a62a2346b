"""Numbers of a block's output: by hand, for every size and kind of output."""

import numpy as np
import pytest
import torch

from trainwell.models._pooled import PARTS, has_numbers, of_cells, of_image, of_parts


def maps(height, width):
    generator = torch.Generator().manual_seed(0)
    return torch.randn(2, 3, height, width, generator=generator, dtype=torch.float64)


@pytest.mark.parametrize(
    ("side", "rows"),
    [
        (1, [(0, 1), (0, 1), (0, 1)]),
        (2, [(0, 1), (0, 1), (1, 2)]),
        (3, [(0, 2), (0, 2), (1, 3)]),
        (4, [(0, 2), (1, 3), (2, 4)]),
        (7, [(0, 4), (1, 5), (3, 7)]),
        (8, [(0, 4), (2, 6), (4, 8)]),
    ],
)
def test_parts_by_loops(side, rows):
    x = maps(side, 6)
    found = of_parts(x).numpy()
    assert found.shape == (2, PARTS, 3)
    for i, (top, bottom) in enumerate(rows):
        for j, (left, right) in enumerate([(0, 3), (1, 4), (3, 6)]):
            part = x[:, :, top:bottom, left:right].numpy().mean((2, 3))
            np.testing.assert_allclose(found[:, 3 * i + j], part, rtol=1e-12)


def test_parts_cover_the_image():
    for side in range(1, 20):
        x = torch.arange(side * side, dtype=torch.float64).reshape(1, 1, side, side)
        marked = x.clone().requires_grad_()
        of_parts(marked).sum().backward()
        assert (marked.grad > 0).all()


def test_parts_of_what_has_no_places_are_the_same():
    numbers = torch.arange(6.0).reshape(2, 3)
    assert of_parts(numbers).shape == (2, PARTS, 3)
    assert (of_parts(numbers) == numbers[:, None]).all()
    tokens = torch.arange(24.0).reshape(2, 4, 3)
    assert (of_parts(tokens) == tokens.mean(1, keepdim=True)).all()


def test_cells_by_hand():
    x = maps(8, 4)
    found = of_cells(x, cells=2)
    torch.testing.assert_close(found[0, 0], x[0, 0, :4, :2].mean())
    torch.testing.assert_close(found[1, -1], x[1, 2, 4:, 2:].mean())
    assert found.shape == (2, 3 * 4)


def test_the_image_by_hand():
    x = maps(3, 5)
    means, largest = x.mean((2, 3)), x.amax((2, 3))
    torch.testing.assert_close(of_image(x, maxima=False), means)
    torch.testing.assert_close(of_image(x, maxima=True), torch.cat([means, largest], 1))


def test_kinds():
    assert [has_numbers(torch.zeros([2] * n)) for n in (1, 2, 3, 4, 5)] == [
        False,
        True,
        True,
        True,
        False,
    ]
