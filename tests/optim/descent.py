"""A short descent, step by step."""

import torch
from torch import nn


def walk(build, rates, **options):
    """Descend x^2 / 2 from 1 with an optimizer; return where each step ends."""
    parameter = nn.Parameter(torch.tensor([1.0], dtype=torch.float64))
    optimizer = build([parameter], rates[0], **options)
    places = []
    for rate in rates:
        optimizer.param_groups[0]["lr"] = rate
        parameter.grad = parameter.detach().clone()
        optimizer.step()
        places.append(parameter.item())
    return places
