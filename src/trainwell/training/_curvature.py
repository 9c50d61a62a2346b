"""The Gauss-Newton curvature of the loss by the weights of layers, from some images.

    H = sum_n sum_c (J_n^T l_nc)(J_n^T l_nc)^T / N,   l_nc = sqrt(p_nc) (e_c - p_n)

J_n are the derivatives of image n's logits, p_n its softmax: sum_c l_nc l_nc^T is the
second derivative of cross-entropy by the logits, so H does not depend on the targets.

Use: through pruning by curvature.
Side effects: a backward pass per class, or ten with drawn classes where there are more.
Source: Schraudolph, "Fast Curvature Matrix-Vector Products", 2002, section 3; drawn
classes: Martens & Grosse, 2015, section 5, https://arxiv.org/abs/1503.05671
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import torch
import torch.nn.functional as F
from jaxtyping import Float
from torch import Tensor, nn
from torch.autograd.graph import GradientEdge, get_gradient_edge

from trainwell.core.layer_rows import Layer, has_rows, input_rows, output_rows
from trainwell.core.modes import modes_kept

Add = Callable[[str, Tensor, Tensor], None]
"""Called with a weight's name, inputs (n, positions, in) and gradients (classes, n,
positions, out) of some images."""

_CHUNK = 8  # images whose gradients are held at a time
_DRAWS = 10  # classes per image


def logit_factors(
    logits: Float[Tensor, "batch classes"],
) -> Float[Tensor, "factors batch classes"]:
    """Return vectors whose outer products sum to the second derivatives by the logits.

    Exact for ten classes or fewer; with more, right on average over drawn classes.
    """
    p = logits.softmax(1)
    identity = torch.eye(p.shape[1], dtype=p.dtype, device=p.device)
    if p.shape[1] <= _DRAWS:
        return p.T.sqrt()[:, :, None] * (identity[:, None] - p)
    drawn = torch.multinomial(p, _DRAWS, replacement=True).T
    factors: Tensor = (F.one_hot(drawn, p.shape[1]).to(p) - p) / _DRAWS**0.5
    return factors


def layers_of(model: nn.Module, weights: Mapping[str, Tensor]) -> dict[str, Layer]:
    """Return the linear layers and convolutions whose weights these are, by name."""
    known = {id(m.weight): m for m in model.modules() if has_rows(m)}
    return {n: known[id(w)] for n, w in weights.items() if id(w) in known}  # type: ignore[misc]


def add_curvature(
    model: nn.Module, images: Tensor, layers: Mapping[str, Layer], add: Add
) -> None:
    """Pass images through a model in evaluation mode, and their gradients to `add`.

    Args:
        model: Stays as it is, its mode and gradients too.
        images: Input.
        layers: Layers by the name of their weight.
        add: Sums what it needs.
    """
    with modes_kept(model), _watched(layers) as seen:
        model.eval()
        for part in images.split(_CHUNK):
            with torch.enable_grad():
                logits = model(part).float()
            called = [(name, x, edge) for name, x, edge in seen]
            seen.clear()
            gradients: list[list[Tensor]] = [[] for _ in called]
            for seed in logit_factors(logits.detach()):
                found = torch.autograd.grad(
                    logits, [edge for *_, edge in called], seed, retain_graph=True
                )
                for held, g in zip(gradients, found, strict=True):
                    held.append(g)
            for (name, x, _), held in zip(called, gradients, strict=True):
                layer, n = layers[name], len(part)
                a = input_rows(layer, x, bias=False).unflatten(0, (n, -1))
                rows = [output_rows(layer, g).unflatten(0, (n, -1)) for g in held]
                add(name, a, torch.stack(rows))


@contextmanager
def _watched(
    layers: Mapping[str, Layer],
) -> Iterator[list[tuple[str, Tensor, GradientEdge]]]:
    """Collect the inputs of layers, and where gradients by their outputs come from."""
    seen: list[tuple[str, Tensor, GradientEdge]] = []

    def watch(name: str) -> Callable[[nn.Module, tuple[Tensor, ...], Tensor], None]:
        def note(_: nn.Module, inputs: tuple[Tensor, ...], output: Tensor) -> None:
            seen.append((name, inputs[0].detach(), get_gradient_edge(output)))

        return note

    handles = [layer.register_forward_hook(watch(n)) for n, layer in layers.items()]
    try:
        yield seen
    finally:
        for handle in handles:
            handle.remove()
