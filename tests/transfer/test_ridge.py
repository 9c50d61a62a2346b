"""Ridge regression beside scikit-learn's, with weights and unknown targets."""

import numpy as np
import pytest
import torch
from sklearn.linear_model import Ridge

from trainwell.transfer import choose_penalty, ridge_head, ridge_heads

SHAPES = [(120, 6), (30, 50), (40, 40)]


def problem(images, width, columns=3):
    generator = torch.Generator().manual_seed(0)
    features = 3 + 2 * torch.randn(images, width, generator=generator).double()
    slopes = torch.randn(width, columns, generator=generator).double()
    noise = torch.randn(images, columns, generator=generator).double()
    return features, features @ slopes + noise + torch.tensor([10.0, 0, -500, 3, 1])[
        :columns
    ]


def standardised(head, features):
    return ((features - head.mean) / head.std).clamp(-5, 5).numpy()


@pytest.mark.parametrize(("images", "width"), SHAPES)
@pytest.mark.parametrize("penalty", [0.01, 2.0])
@pytest.mark.parametrize("weighted", [False, True])
def test_a_trusted_implementation(images, width, penalty, weighted):
    """Also where there are more features than images, and another system is solved."""
    features, targets = problem(images, width)
    weights = torch.linspace(0.5, 3, images).double() if weighted else None
    head = ridge_head(features, targets, penalty=penalty, sample_weights=weights)
    total = float(weights.sum()) if weighted else images
    peer = Ridge(alpha=penalty * total).fit(
        standardised(head, features), targets.numpy(), sample_weight=weights
    )
    np.testing.assert_allclose(head.weight, peer.coef_, atol=1e-8)
    np.testing.assert_allclose(head.bias, peer.intercept_, atol=1e-8)
    answers = peer.predict(standardised(head, features))
    np.testing.assert_allclose(head.logits(features), answers, atol=1e-7)


@pytest.mark.parametrize(("images", "width"), SHAPES)
@pytest.mark.parametrize("weighted", [False, True])
def test_unknown_targets_leave_out_the_images_of_their_column(images, width, weighted):
    features, targets = problem(images, width, columns=5)
    targets[:7, 1] = targets[:7, 3] = targets[5:12, 2] = torch.nan
    weights = torch.linspace(0.5, 3, images).double() if weighted else None
    head = ridge_head(features, targets, penalty=0.3, sample_weights=weights)
    z = standardised(head, features)
    for column in range(5):
        known = ~targets[:, column].isnan()
        s = weights[known] if weighted else torch.ones(int(known.sum())).double()
        peer = Ridge(alpha=0.3 * float(s.sum())).fit(
            z[known], targets[known, column].numpy(), sample_weight=s
        )
        np.testing.assert_allclose(head.weight[column], peer.coef_, atol=1e-8)
        assert head.bias[column].item() == pytest.approx(peer.intercept_, abs=1e-8)


@pytest.mark.parametrize(("images", "width"), SHAPES)
def test_a_weight_of_two_is_the_image_twice_and_of_zero_none(images, width):
    features, targets = problem(images, width)
    features[1], targets[1] = features[0], targets[0]
    features[2:4], targets[2:4] = features[4:6], targets[4:6]
    weights = torch.ones(images).double()
    weights[0], weights[1] = 2, 0
    one = ridge_head(features, targets, penalty=0.3, sample_weights=weights)
    two = ridge_head(features, targets, penalty=0.3)
    np.testing.assert_allclose(one.weight, two.weight, atol=1e-9)
    targets[1] = 1e9
    same = ridge_head(features, targets, penalty=0.3, sample_weights=weights)
    np.testing.assert_allclose(one.weight, same.weight, atol=1e-9)


@pytest.mark.parametrize(("images", "width"), SHAPES)
def test_the_bias_is_free_of_the_penalty(images, width):
    features, targets = problem(images, width)
    head = ridge_head(features, targets, penalty=1e9)
    assert head.weight.abs().max() < 1e-5
    np.testing.assert_allclose(head.bias, targets.mean(0), rtol=1e-6)


@pytest.mark.parametrize(("images", "width"), [(300, 40), (150, 900)])
def test_half_and_single_precision_come_close(images, width):
    features, targets = problem(images, width)
    exact = ridge_head(features.float().double(), targets, penalty=0.1)
    head = ridge_head(features.float(), targets.float(), penalty=0.1)
    assert head.weight.dtype == torch.float32
    scale = targets.std(0)
    apart = exact.logits(features) - head.logits(features.float())
    assert (apart / scale).abs().max() < 1e-5  # a hundred roundings of float32
    low = ridge_head(features.bfloat16(), targets, penalty=0.1)
    assert low.weight.dtype == torch.float32


def test_one_image_is_its_own_answer():
    head = ridge_head(torch.randn(1, 3), torch.tensor([[4.0, 5.0]]), penalty=1.0)
    assert head.bias.tolist() == [4, 5]
    assert not head.weight.any()


def test_heads_of_several_penalties_are_those_of_each():
    for images, width in SHAPES:
        features, targets = problem(images, width)
        targets[3, 0] = torch.nan
        heads = ridge_heads(features, targets, (5.0, 0.1))
        for head, penalty in zip(heads, (5.0, 0.1), strict=True):
            alone = ridge_head(features, targets, penalty=penalty)
            assert torch.equal(head.weight, alone.weight)
            assert torch.equal(head.bias, alone.bias)


@pytest.mark.parametrize(("images", "width"), [(200, 20), (60, 100)])
def test_the_penalty_with_the_least_error_is_chosen(images, width):
    features, targets = problem(2 * images, width)
    targets += 30 * torch.randn_like(targets) * torch.tensor([1.0, 5.0, 0.1])
    targets[3, 0] = targets[images + 3, 1] = torch.nan
    training = features[:images], targets[:images]
    validation = features[images:], targets[images:]
    grid = (100.0, 0.01, 1.0, 10.0)
    penalty, head = choose_penalty(training, validation, penalties=grid)
    errors = {}
    for p in grid:
        one = ridge_head(*training, penalty=p)
        d, y = one.logits(validation[0]) - validation[1], training[1].numpy()
        each = np.nanmean(d.numpy() ** 2, 0) / np.nanvar(y, 0)
        errors[p] = each.mean()
    assert penalty == min(errors, key=errors.get)
    assert torch.equal(head.weight, ridge_head(*training, penalty=penalty).weight)


def test_columns_count_alike_whatever_their_units():
    features, targets = problem(200, 20)
    targets += 30 * torch.randn(200, 3, generator=torch.Generator().manual_seed(1))
    pairs = [
        (targets[:100] * f, targets[100:] * f)
        for f in (1, torch.tensor([1, 1e6, 1e-6]))
    ]
    found = [
        choose_penalty((features[:100], y), (features[100:], other))[0]
        for y, other in pairs
    ]
    assert found[0] == found[1]


def test_of_equal_errors_the_largest_penalty_is_taken():
    pair = torch.zeros(8, 2), torch.arange(8.0)[:, None]
    assert choose_penalty(pair, pair, penalties=(1.0, 10.0, 0.1))[0] == 10


def test_a_column_known_of_images_without_weight_only():
    features, targets = problem(9, 2)
    targets[1:, 1] = torch.nan
    weights = torch.ones(9)
    weights[0] = 0
    with pytest.raises(ValueError, match="no value in column 1: leave it out"):
        ridge_head(features, targets, penalty=1, sample_weights=weights)


def test_errors():
    features, targets = problem(9, 2)
    with pytest.raises(ValueError, match="`penalty` must be positive, got 0"):
        ridge_head(features, targets, penalty=0)
    with pytest.raises(ValueError, match=r"\(images, columns\) for 9 images, got"):
        ridge_head(features, targets[:, 0], penalty=1)
    with pytest.raises(ValueError, match=r"\(images, columns\) for 9 images, got"):
        ridge_head(features, targets[:8], penalty=1)
    for weights in (torch.ones(8), -torch.ones(9)):
        with pytest.raises(ValueError, match="must be 9 numbers, one per image and"):
            ridge_head(features, targets, penalty=1, sample_weights=weights)
    with pytest.raises(ValueError, match="one number or more, got none"):
        choose_penalty((features, targets), (features, targets), penalties=())
    targets[:, 2] = torch.nan
    with pytest.raises(ValueError, match="no value in column 2: leave it out"):
        ridge_head(features, targets, penalty=1)
