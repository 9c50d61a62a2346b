"""Choose among solutions for a head by how likely they find the validation images."""

from collections.abc import Iterator
from dataclasses import replace

import torch
import torch.nn.functional as F
from torch import Tensor

from trainwell.metrics import fit_temperature
from trainwell.tasks import Task
from trainwell.transfer import (
    LinearHead,
    choose_penalty,
    discriminant_heads,
    ridge_head,
    solve_head,
    solve_label_head,
)

LEAST = 20
"""Validation images below which there is no choice."""
_PENALTY = 1.0  # of ridge regression, where nothing chooses it
_SHRINKAGES = (1.0, 3.0, 10.0)
_MANY = 10_000  # images from which less of a penalty is tried, too
_WEAK = 0.02  # divided by the number of classes

Features = tuple[Tensor, Tensor]
"""Features (n, d), and the class indices (n,), or the numbers (n, k), of the images."""


def choose_head(
    train: Features, val: Features | None, task: Task
) -> tuple[LinearHead, str]:
    """Return the head that fits the validation images best, and its name.

    Args:
        train: What the heads are solved for on.
        val: What they are chosen by; without it, or with few, the usual one is.
        task: What is predicted.
    """
    if val is not None and len(val[1]) < LEAST:
        val = None
    if task.linear == "numbers":
        return _choose_ridge(train, val)
    if task.linear == "labels":
        return solve_label_head(*train), "logistic regression of every label"
    return _choose_classifier(train, val, task.num_outputs)


def _choose_ridge(train: Features, val: Features | None) -> tuple[LinearHead, str]:
    """Return the ridge regression whose penalty fits the validation images best."""
    if val is None:
        return ridge_head(*train, penalty=_PENALTY), "ridge regression"
    penalty, head = choose_penalty(train, val)
    return head, f"ridge regression with a penalty of {penalty:g}"


def _choose_classifier(
    train: Features, val: Features | None, num_classes: int
) -> tuple[LinearHead, str]:
    """Return the head that finds the validation images likeliest, and its name.

    Each is judged at its best temperature: how sure it is does not count.
    """
    softmax = solve_head(*train, num_classes)
    if val is None:
        return softmax, "softmax regression"
    best, name = softmax, "softmax regression"
    lowest, _ = _judged(softmax, val)
    for head, its_name in _others(train, num_classes):
        cost, temperature = _judged(head, val)
        if cost < lowest:
            lowest, name = cost, its_name
            weight, bias = head.weight / temperature, head.bias / temperature
            best = replace(head, weight=weight, bias=bias)
    return best, name


def _others(train: Features, num_classes: int) -> Iterator[tuple[LinearHead, str]]:
    if len(train[1]) >= _MANY:
        weak = solve_head(*train, num_classes, penalty=_WEAK / num_classes)
        yield weak, "softmax regression with a weak penalty"
    heads = discriminant_heads(*train, num_classes, _SHRINKAGES)
    for head, shrinkage in zip(heads, _SHRINKAGES, strict=True):
        yield head, f"linear discriminants, shrunk by {shrinkage:g},"


def _judged(head: LinearHead, val: Features) -> tuple[float, float]:
    """Return the cross entropy at the best temperature, and that temperature."""
    features, targets = val
    logits = head.logits(features).float()
    temperature = fit_temperature(logits.cpu().numpy(), targets.cpu().numpy())
    if not torch.isfinite(logits).all():
        return float("inf"), 1.0
    return F.cross_entropy(logits / temperature, targets).item(), temperature
