"""An ensemble answers with the mean of probabilities, and is built again from JSON."""

import json
from dataclasses import asdict

import numpy as np
import pytest
import torch
from pydantic import TypeAdapter
from torch import nn

from trainwell.core.errors import ModelError
from trainwell.models import Ensemble, build, create, ensemble_spec
from trainwell.models._ensemble import log_mean_probabilities
from trainwell.models._types import ModelSpec


def test_by_hand():
    sure, torn = torch.tensor([[0.9, 0.1]]).log(), torch.tensor([[0.5, 0.5]]).log()
    mean = log_mean_probabilities([sure, torn + 7]).exp()
    torch.testing.assert_close(mean, torch.tensor([[0.7, 0.3]]))


def test_it_is_the_mean_of_softmax_in_float64():
    rng = np.random.default_rng(0)
    logits = rng.normal(0, 5, (4, 6, 3))
    expected = np.zeros((6, 3))
    for member in logits:
        for i, row in enumerate(member):
            powers = [np.exp(x - max(row)) for x in row]
            expected[i] += np.array(powers) / sum(powers) / 4
    mean = log_mean_probabilities(list(torch.from_numpy(logits).float())).exp()
    np.testing.assert_allclose(mean.numpy(), expected, rtol=1e-5)
    again = torch.softmax(mean.log(), 1)
    np.testing.assert_allclose(again.numpy(), expected, rtol=1e-5)


def test_extreme_logits_stay_finite_and_gradients_are_right():
    huge = torch.tensor([[1e4, -1e4], [-1e4, 1e4]])
    logs = log_mean_probabilities([huge, -huge])
    torch.testing.assert_close(logs.exp(), torch.full((2, 2), 0.5))
    x = torch.randn(3, 4, dtype=torch.float64, requires_grad=True)
    y = torch.randn(3, 4, dtype=torch.float64, requires_grad=True)
    assert torch.autograd.gradcheck(lambda a, b: log_mean_probabilities([a, b]), (x, y))


def test_one_member_is_refused():
    with pytest.raises(ValueError, match="2 or more, got 1"):
        Ensemble([nn.Identity()])


def members():
    facts = {"num_classes": 3, "in_channels": 1, "image_size": 8}
    return [create("mlp", **facts), create("lenet", **facts)]


def test_it_is_built_again_from_its_specification():
    created = members()
    spec = ensemble_spec([c.spec for c in created])
    read = TypeAdapter(ModelSpec).validate_python(json.loads(json.dumps(asdict(spec))))
    first = Ensemble([c.model for c in created]).eval()
    second = build(read).eval()
    second.load_state_dict(first.state_dict())
    x = torch.randn(2, 1, 8, 8)
    assert torch.equal(first(x), second(x))


def test_what_does_not_fit_is_refused():
    mlp, lenet = (c.spec for c in members())
    other = ModelSpec("mlp", 4, 1, 8)
    with pytest.raises(ModelError, match="agree in classes"):
        ensemble_spec([mlp, other])
    whole = ensemble_spec([mlp, lenet])
    for arguments in (
        {},
        {"members": []},
        {"members": [asdict(mlp)]},
        {"members": [asdict(whole), asdict(mlp)]},
        {"members": "x"},
        {"members": [{"name": 3}, 4]},
    ):
        with pytest.raises(ModelError, match="an ensemble must"):
            build(ModelSpec("ensemble", 3, 1, 8, arguments=arguments))


def test_code_of_a_member_is_not_run_without_consent():
    foreign = ModelSpec("os:system", 3, 1, 8)
    mlp = members()[0].spec
    with pytest.raises(ModelError, match="would run that code"):
        build(ensemble_spec([mlp, foreign]))


def test_numbers_are_averaged_as_they_are():
    numbers = [nn.Sequential(nn.Flatten(), nn.Linear(4, 2)) for _ in range(2)]
    x = torch.randn(3, 1, 2, 2)
    mean = Ensemble(numbers, "outputs")(x)
    torch.testing.assert_close(mean, (numbers[0](x) + numbers[1](x)) / 2)
    with pytest.raises(ValueError, match="`average` must be one of"):
        Ensemble(numbers, "labels")


def test_what_is_averaged_is_kept_in_the_specification():
    specs = [c.spec for c in members()]
    assert build(ensemble_spec(specs, "outputs")).average == "outputs"
    assert "average" not in ensemble_spec(specs).arguments
    spoilt = ensemble_spec(specs, "labels")
    with pytest.raises(ModelError, match="averages one of probabilities, outputs"):
        build(spoilt)
