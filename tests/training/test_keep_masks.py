"""Masks also hold on an average, whose weights do not learn."""

import torch

from trainwell.training import TrainState, start_average
from trainwell.training._keep_masks import keep_masks, set_masks


def learning(model):
    return {n: p for n, p in model.named_parameters() if p.requires_grad}


def test_the_average_has_the_zeros_of_the_model():
    model = torch.nn.Linear(3, 2, bias=False)
    average = start_average(model)
    state = TrainState(
        model=model,
        optimizer=torch.optim.SGD(model.parameters(), lr=0.1),
        total_steps=1,
        average=average,
    )
    mask = torch.tensor([[True, False, True], [False, True, True]])
    state.memory["best_score"] = 0.9
    set_masks(state, learning, lambda weights: {"weight": mask})
    assert "best_score" not in state.memory
    keep_masks(state, learning)
    for weights in (model.weight, average.weight):
        assert torch.equal(weights != 0, mask)
