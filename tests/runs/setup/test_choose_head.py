"""The head is chosen by how likely it finds images that it has not seen."""

import pytest
import torch
import torch.nn.functional as F

from trainwell.runs.setup._choose_head import LEAST, choose_head
from trainwell.tasks import Classification, Multilabel, Regression
from trainwell.transfer import discriminant_head, solve_head

TASK = Classification(("a", "b", "c", "d"))


def features(count, *, seed, width=60, spread=0.3):
    """Classes apart in a few directions, in which much else varies, too."""
    fixed = torch.Generator().manual_seed(0)
    centres = torch.randn(4, width, generator=fixed)
    mixing = torch.randn(5, width, generator=fixed) * spread
    drawn = torch.Generator().manual_seed(seed)
    targets = torch.arange(count) % 4
    common = torch.randn(count, 5, generator=drawn) @ mixing
    own = torch.randn(count, width, generator=drawn)
    return 0.3 * centres[targets] + common + own, targets


def likelihood(head, data, temperature=1.0):
    return F.cross_entropy(head.logits(data[0]) / temperature, data[1]).item()


def test_discriminants_win_where_much_varies_within_the_classes():
    train, val = features(400, seed=1), features(200, seed=2)
    head, name = choose_head(train, val, TASK)
    assert name.startswith("linear discriminants, shrunk by ")
    unseen = features(4_000, seed=3)
    softmax = solve_head(*train, 4)
    right = [
        (h.logits(unseen[0]).argmax(1) == unseen[1]).double().mean()
        for h in (head, softmax)
    ]
    assert right[0] > right[1]
    assert likelihood(head, unseen) < likelihood(softmax, unseen)


def test_its_logits_are_as_sure_as_they_may_be():
    """Discriminants alone are far too sure."""
    train, val = features(400, seed=1), features(200, seed=2)
    head, _ = choose_head(train, val, TASK)
    costs = [likelihood(head, val, t) for t in (0.5, 1.0, 2.0)]
    assert min(costs) == costs[1]


def test_what_finds_the_images_likeliest_is_taken():
    train = features(400, seed=1)
    for seed in range(2, 8):
        val = features(200, seed=seed)
        head, _ = choose_head(train, val, TASK)
        every = [
            solve_head(*train, 4),
            *(discriminant_head(*train, 4, shrinkage=s) for s in (1.0, 3.0, 10.0)),
        ]
        temperatures = torch.logspace(-2, 2, 400)
        lowest = [min(likelihood(h, val, t) for t in temperatures) for h in every]
        chosen = min(likelihood(head, val, t) for t in temperatures)
        assert chosen == pytest.approx(min(lowest), abs=0.005)


@pytest.mark.parametrize("few", [None, features(LEAST - 1, seed=2)])
def test_few_images_choose_nothing(few):
    train = features(400, seed=1)
    head, name = choose_head(train, few, TASK)
    assert name == "softmax regression"
    torch.testing.assert_close(head.weight, solve_head(*train, 4).weight)


def test_with_many_images_less_of_a_penalty_may_win(monkeypatch):
    monkeypatch.setattr("trainwell.runs.setup._choose_head._MANY", 3_000)
    monkeypatch.setattr("trainwell.transfer._solve._PENALTY", 50.0)
    monkeypatch.setattr("trainwell.transfer._discriminant._ROWS", 5)
    val = features(400, seed=2)
    many, some = features(4_000, seed=1), features(400, seed=1)
    assert choose_head(many, val, TASK)[1] == "softmax regression with a weak penalty"
    assert choose_head(some, val, TASK)[1] != "softmax regression with a weak penalty"


def numbers(count, *, seed):
    """Numbers that two of forty features tell, with noise."""
    drawn = torch.Generator().manual_seed(seed)
    x = torch.randn(count, 40, generator=drawn)
    y = torch.stack([x[:, 0] + x[:, 1], x[:, 2]], 1)
    return x, y + 0.5 * torch.randn(count, 2, generator=drawn)


def test_numbers_are_solved_by_the_ridge_that_validation_prefers():
    task = Regression(("a", "b"), ("", ""), mean=(0.0, 0.0), scale=(1.0, 1.0))
    train, val, unseen = (numbers(n, seed=n) for n in (60, 50, 2_000))
    head, name = choose_head(train, val, task)
    assert name.startswith("ridge regression with a penalty of ")
    alone, usual = choose_head(train, None, task)
    assert usual == "ridge regression"
    errors = [
        (h.logits(unseen[0]) - unseen[1]).square().mean().item() for h in (head, alone)
    ]
    assert errors[0] <= errors[1] + 0.02
    assert errors[0] < 0.7  # of 1.75 of the mean, 0.25 of the noise alone


def test_labels_are_solved_each_for_itself():
    x, y = numbers(400, seed=1)
    head, name = choose_head((x, (y > 0).float()), None, Multilabel(("a", "b")))
    assert name == "logistic regression of every label"
    unseen, truth = numbers(2_000, seed=2)
    right = (head.logits(unseen) > 0) == (truth > 0)
    assert (right.double().mean(0) > 0.8).all()
