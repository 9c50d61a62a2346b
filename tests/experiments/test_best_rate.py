"""Each network at its best rate: which it is, and by what it is chosen."""

import torch
from torch import nn

from trainwell.experiments import Small, accuracy_at_best_rate, training_errors
from trainwell.models import cifar_resnet20


def test_the_first_half_chooses_and_the_second_is_reported():
    """At a rate of 0 the start answers class 0, which is right in the first half."""
    x = torch.ones(8, 2)
    first, second = torch.zeros(4, dtype=torch.long), torch.ones(4, dtype=torch.long)
    images = Small(x, torch.ones(8, dtype=torch.long), x, torch.cat([first, second]))

    def build():
        model = nn.Linear(2, 2)
        nn.init.zeros_(model.weight)
        with torch.no_grad():
            model.bias.copy_(torch.tensor([0.1, 0.0]))
        return model

    def found(*rates):
        return accuracy_at_best_rate(build, images, rates, steps=20, seed=0)

    assert found(0.5) == 1.0, "it learns class 1, which the second half is"
    assert found(0.0, 0.5) == found(0.5, 0.0) == 0.0, "the first half prefers class 0"


def test_errors_and_losses_of_every_network():
    found = training_errors({"a": cifar_resnet20}, (0.03, 9.0), 0, quick=True)
    assert set(found) == {"a", "a loss"}
    assert 0 <= found["a"] < 1
    assert len(found["a loss"]) == 15
