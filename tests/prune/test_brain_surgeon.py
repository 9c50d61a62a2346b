"""Brain surgeon on least squares, where it is exact."""

import itertools

import numpy as np
import pytest
import torch

from trainwell.prune import surgeon_saliency, surgeon_scores, surgeon_update


@pytest.fixture
def problem():
    """|x w - y|^2 / (2 n) with correlated inputs: x, y, its minimum and curvature."""
    rng = np.random.default_rng(0)
    x = rng.normal(size=(40, 6)) @ rng.normal(size=(6, 6))
    y = rng.normal(size=40)
    w = np.linalg.lstsq(x, y, rcond=None)[0]
    return x, y, w, x.T @ x / 40


def loss(x, y, w):
    return ((x @ w - y) ** 2).sum() / 80


def refitted(x, y, keep):
    """Return the least-squares solution of some of the inputs, by NumPy."""
    w = np.zeros(x.shape[1])
    w[keep] = np.linalg.lstsq(x[:, keep], y, rcond=None)[0]
    return w


def test_saliency_is_the_rise_of_the_loss_when_one_weight_goes(problem):
    x, y, w, h = problem
    found = surgeon_saliency(torch.from_numpy(w)[None], torch.from_numpy(h))[0]
    for q in range(6):
        keep = [i for i in range(6) if i != q]
        risen = loss(x, y, refitted(x, y, keep)) - loss(x, y, w)
        assert found[q].item() == pytest.approx(risen, rel=1e-8)


@pytest.mark.parametrize("removed", [*itertools.combinations(range(6), 3)])
def test_the_others_go_where_a_new_fit_puts_them(problem, removed):
    x, y, w, h = problem
    keep = [i for i in range(6) if i not in removed]
    kept = torch.tensor([[i in keep for i in range(6)]])
    found = surgeon_update(torch.from_numpy(w)[None], torch.from_numpy(h), kept)[0]
    np.testing.assert_allclose(found.numpy(), refitted(x, y, keep), atol=1e-10)


def test_a_single_step_is_the_one_of_the_paper(problem):
    """Hassibi & Stork, eq. 5: -w_q / [H^-1]_qq H^-1 e_q."""
    _, _, w, h = problem
    inverse = np.linalg.inv(h)
    kept = torch.ones(1, 6, dtype=torch.bool)
    kept[0, 2] = False
    found = surgeon_update(torch.from_numpy(w)[None], torch.from_numpy(h), kept)[0]
    expected = w - w[2] / inverse[2, 2] * inverse[:, 2]
    np.testing.assert_allclose(found.numpy(), expected, atol=1e-10)


def test_scores_are_what_each_removal_costs_in_turn(problem):
    """All orders are tried by new fits: the cheapest next one, again and again."""
    x, y, w, h = problem
    keep, before, expected, highest = list(range(6)), loss(x, y, w), {}, 0.0
    while keep:
        rest = {q: [i for i in keep if i != q] for q in keep}
        after = {q: loss(x, y, refitted(x, y, r)) for q, r in rest.items()}
        q = min(after, key=after.get)
        highest = max(highest, after[q] - before)
        expected[q], before, keep = highest, after[q], rest[q]
    found = surgeon_scores(torch.from_numpy(w)[None], torch.from_numpy(h))[0]
    np.testing.assert_allclose(found, [expected[q] for q in range(6)], rtol=1e-8)


def test_zeros_go_first_and_cost_nothing(problem):
    h = torch.from_numpy(problem[3])
    rows = torch.randn(2, 6, dtype=torch.float64)
    rows[0, 1] = rows[1, 4] = 0.0
    found = surgeon_scores(rows, h)
    assert (found == 0).nonzero().tolist() == [[0, 1], [1, 4]]
    torch.testing.assert_close(found[1:], surgeon_scores(rows[1:], h))


def test_rows_are_apart_and_the_ends_are_plain(problem):
    h = torch.from_numpy(problem[3])
    rows = torch.randn(3, 6, dtype=torch.float64)
    kept = torch.rand(3, 6) > 0.5
    kept[0], kept[1] = True, False
    found = surgeon_update(rows, h, kept)
    torch.testing.assert_close(found[0], rows[0])
    assert not found[1].any()
    torch.testing.assert_close(found[2:], surgeon_update(rows[2:], h, kept[2:]))
    assert not found[~kept].any()
    diagonal = torch.diag(h.diagonal())
    torch.testing.assert_close(surgeon_update(rows, diagonal, kept), rows * kept)
    torch.testing.assert_close(
        surgeon_saliency(rows, diagonal), rows.square() * h.diagonal() / 2
    )


def test_a_curvature_that_is_not_positive():
    with pytest.raises(torch.linalg.LinAlgError):
        surgeon_saliency(torch.ones(1, 2), torch.zeros(2, 2))
