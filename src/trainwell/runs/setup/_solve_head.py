"""Give a setup's head the best linear classifier of the frozen features.

features of the training images, and of their mirror images if there is time
-> `solve_head` -> the network's head
"""

import time
from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor, nn

from trainwell.core.device import computes_in_bfloat16
from trainwell.core.modes import evaluating
from trainwell.layers.norm import fold_batch_norm
from trainwell.models import AllDepths
from trainwell.recipes import Recipe, seconds
from trainwell.runs._reporter import Reporter
from trainwell.runs.session._session import Session
from trainwell.runs.setup._network import Network
from trainwell.training import KeyedBatches, autocast, plain_batch
from trainwell.transfer import LinearHead, solve_head

_BATCH = 32
_UNTIL, _MIRRORED = 0.45, 0.1  # shares of a time limit: to end, to see mirror images
_MOST = 250_000_000  # numbers that are kept: 1 GB


def solve_for_head(
    session: Session,
    recipe: Recipe,
    network: Network,
    batches: KeyedBatches,
    reporter: Reporter,
) -> None:
    """Compute features and solve for the head.

    Where a time limit is short, some of the images have to do.
    """
    start = time.perf_counter()
    limit = seconds(recipe.train.time) if recipe.train.time else float("inf")
    until = start + _UNTIL * limit - session.seconds
    reads = _Reads(network.model, recipe)
    targets = torch.from_numpy(session.splits.train.targets)

    def fetch(indices: Tensor) -> Tensor:
        splits, stores = session.splits, session.stores
        rows = indices.numpy()
        return plain_batch(splits.train, stores.train, batches.settings, rows).images

    order = _order(len(targets), recipe.seed)
    seen, rows = _features(reads, fetch, order, until, reporter)
    spent = time.perf_counter() - start
    if recipe.augment.flip and len(rows) == len(order) and spent < _MIRRORED * limit:
        more, again = _features(
            reads, lambda i: fetch(i).flip(-1), order, until, reporter
        )
        seen, rows = torch.cat([seen, more]), torch.cat([rows, again])
    labels = targets[rows].to(seen.device)
    reads.put(solve_head(seen, labels, len(session.splits.classes)))
    reporter.say(
        f"Head: solved for on the features of {len(rows.unique()):,} images, in "
        f"{time.perf_counter() - start:.1f} s."
    )


class _Reads:
    """What the head of a network reads, computed as fast as it can be.

    Args:
        model: Ends in a linear map.
        recipe: Complete.
    """

    def __init__(self, model: nn.Module, recipe: Recipe) -> None:
        self.model = model
        self.fast = fold_batch_norm(model).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        device = next(model.parameters()).device
        quick = computes_in_bfloat16(device) and recipe.train.precision != "float32"
        self.context = autocast(device, "bfloat16" if quick else "float32")

    def __call__(self, images: Tensor) -> Tensor:
        """Return the numbers that the head reads, (batch, numbers)."""
        kept: list[Tensor] = []
        handle = _reader(self.fast).register_forward_pre_hook(
            lambda _, inputs: kept.append(inputs[0].float())
        )
        with evaluating(self.fast, [handle]), self.context:
            self.fast(images.contiguous(memory_format=torch.channels_last))
        return kept[0]

    def put(self, solved: LinearHead) -> None:
        """Give the network its head, in place."""
        reader = _reader(self.model)
        with torch.no_grad():
            if isinstance(reader, nn.Linear):
                weight = solved.weight / solved.std
                reader.weight.copy_(weight)
                reader.bias.copy_(solved.bias - weight @ solved.mean)
                return
            head = next(m for m in self.model.modules() if isinstance(m, AllDepths))
            head.standardized.mean.copy_(solved.mean)
            head.standardized.std.copy_(solved.std)
            head.linear.weight.copy_(solved.weight)
            head.linear.bias.copy_(solved.bias)


def _reader(model: nn.Module) -> nn.Module:
    """Return the module whose inputs are the features."""
    for module in model.modules():
        if isinstance(module, AllDepths):
            return module.standardized
    return [m for m in model.modules() if type(m) is nn.Linear][-1]


def _order(count: int, seed: int) -> Tensor:
    """Return the images in an order of which every part is a fair part."""
    return torch.from_numpy(np.random.default_rng(seed).permutation(count))


def _features(
    reads: _Reads,
    fetch: Callable[[Tensor], Tensor],
    order: Tensor,
    until: float,
    reporter: Reporter,
) -> tuple[Tensor, Tensor]:
    """Return the features of as many images as there is time for, and their indices."""
    found: list[Tensor] = []
    done = 0
    with reporter.progress("Computing features", len(order)) as advance:
        for part in order.split(_BATCH):
            if found and time.perf_counter() > until:
                break
            found.append(reads(fetch(part)))
            done += len(part)
            advance(len(part))
            if done * found[0].shape[1] > _MOST:
                break
    return torch.cat(found), order[:done]
