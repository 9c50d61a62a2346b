"""Prune while training by what the loss loses: optimal brain damage and surgeon.

At every removal the curvature is measured on the images of the step (256 at most).
Weights of linear layers and convolutions without groups are pruned, others stay.
"""

from collections.abc import Mapping

import torch
from torch import Tensor, nn

from trainwell import prune
from trainwell.core.layer_rows import Layer
from trainwell.training._curvature import add_curvature, layers_of
from trainwell.training._keep_masks import Weights
from trainwell.training._prune_weights import PruneGradually

_IMAGES = 256
_EXACT = 512  # weights of a layer up to which its whole curvature is inverted
_WIDE = 64  # inputs of a layer up to which they share one factor
_DAMPING = 1e-3  # of the mean of the diagonal

Hessians = list[tuple[slice, Tensor]]
"""Curvature of a row of weights: of these columns, each."""


def brain_damage(
    weights: Weights,
    *,
    share: float = 0.5,
    start: float = 0.2,
    end: float = 0.7,
    scope: prune.Scope = "global",
) -> PruneGradually:
    """Return the hook that removes the weights of lowest `prune.damage_saliency`.

    Args:
        weights: Function from a model to the weights that may be pruned, by name.
        share: Fraction of these weights removed at the end.
        start: Progress in [0, 1] at which pruning begins.
        end: Progress at which it ends; equal to `start`, all weights go at once.
        scope: `global` compares all weights, `layer` those of each layer.

    Example:
        >>> brain_damage(lambda model: {"weight": model.weight}, share=0.9).share
        0.9
    """
    return PruneGradually(
        _pruned_by_curvature(weights),
        share=share,
        start=start,
        end=end,
        scope=scope,
        method=damage_masks,
    )


def brain_surgeon(
    weights: Weights,
    *,
    share: float = 0.5,
    start: float = 0.2,
    end: float = 0.7,
    scope: prune.Scope = "global",
) -> PruneGradually:
    """Return the hook that removes the weights of lowest `prune.surgeon_scores`.

    The other weights are moved to make up for them. Layers of up to 512 weights have
    the whole curvature; larger ones that of K-FAC, G (x) A, output by output and 64
    inputs at a time.

    Args:
        weights: Function from a model to the weights that may be pruned, by name.
        share: Fraction of these weights removed at the end.
        start: Progress in [0, 1] at which pruning begins.
        end: Progress at which it ends; equal to `start`, all weights go at once.
        scope: `global` compares all weights, `layer` those of each layer.

    Example:
        >>> brain_surgeon(lambda model: {"weight": model.weight}, share=0.9).share
        0.9
    """
    return PruneGradually(
        _pruned_by_curvature(weights),
        share=share,
        start=start,
        end=end,
        scope=scope,
        method=surgeon_masks,
    )


def damage_masks(
    model: nn.Module,
    images: Tensor,
    weights: Mapping[str, Tensor],
    share: float,
    scope: prune.Scope,
) -> dict[str, Tensor]:
    """Return which weights stay by optimal brain damage."""
    layers, images = layers_of(model, weights), images[:_IMAGES]
    diagonal = {n: torch.zeros_like(w).flatten(1) for n, w in weights.items()}

    def add(name: str, a: Tensor, g: Tensor) -> None:
        for i in range(len(a)):
            each = torch.einsum("cto,ti->coi", g[:, i], a[i])
            diagonal[name] += each.square().sum(0) / len(images)

    add_curvature(model, images, layers, add)
    curvature = {n: diagonal[n].view_as(w) for n, w in weights.items()}
    scores = prune.damage_saliency(weights, curvature)
    return prune.score_masks(scores, share=share, scope=scope)


@torch.no_grad()
def surgeon_masks(
    model: nn.Module,
    images: Tensor,
    weights: Mapping[str, Tensor],
    share: float,
    scope: prune.Scope,
) -> dict[str, Tensor]:
    """Return which weights stay by optimal brain surgeon, and move those in place."""
    layers, images = layers_of(model, weights), images[:_IMAGES]
    found = {n: _Surgery(w) for n, w in weights.items()}
    add_curvature(model, images, layers, lambda n, a, g: found[n].add(a, g))
    scores = {n: found[n].scores().view_as(w) for n, w in weights.items()}
    masks = prune.score_masks(scores, share=share, scope=scope)
    for name, weight in weights.items():
        weight.copy_(found[name].updated(masks[name]).view_as(weight))
    return masks


class _Surgery:
    """The curvature of one layer: whole if it is small, else of rows that share A."""

    def __init__(self, weight: Tensor) -> None:
        rows = weight.detach().flatten(1)
        self.whole = rows.numel() <= _EXACT
        self.rows = rows.reshape(1, -1) if self.whole else rows
        width = self.rows.shape[1]
        step = width if self.whole else _WIDE
        self.columns = [slice(i, min(i + step, width)) for i in range(0, width, step)]
        self.sums = [
            rows.new_zeros(c.stop - c.start, c.stop - c.start) for c in self.columns
        ]
        self.outputs = rows.new_zeros(len(self.rows))
        self.samples, self.positions = 0, 0

    def add(self, a: Tensor, g: Tensor) -> None:
        self.samples += len(a)
        if self.whole:
            each = torch.einsum("cnto,nti->cnoi", g, a).flatten(2).flatten(0, 1)
            self.sums[0] += each.T @ each
            return
        self.positions += a.shape[0] * a.shape[1]
        self.outputs += g.square().sum((0, 1, 2))
        inputs = a.flatten(0, 1)
        for total, columns in zip(self.sums, self.columns, strict=True):
            total += inputs[:, columns].T @ inputs[:, columns]

    def scores(self) -> Tensor:
        parts = [prune.surgeon_scores(self.rows[:, c], h) for c, h in self._hessians()]
        joined = torch.cat(parts, 1)
        if self.whole:
            return joined
        return joined * (self.outputs / max(self.positions, 1))[:, None]

    def updated(self, kept: Tensor) -> Tensor:
        kept = kept.reshape(self.rows.shape)
        parts = [
            prune.surgeon_update(self.rows[:, c], h, kept[:, c])
            for c, h in self._hessians()
        ]
        return torch.cat(parts, 1)

    def _hessians(self) -> Hessians:
        found = []
        for total, columns in zip(self.sums, self.columns, strict=True):
            mean = total / max(self.samples, 1)
            damping = _DAMPING * mean.diagonal().mean() + 1e-10
            found.append((columns, mean + damping * torch.eye(len(mean)).to(mean)))
        return found


def _pruned_by_curvature(weights: Weights) -> Weights:
    """Return the function to the weights whose curvature can be measured."""

    def of(model: nn.Module) -> Mapping[str, Tensor]:
        found = weights(model)
        known: dict[str, Layer] = layers_of(model, found)
        return {name: found[name] for name in known}

    return of
