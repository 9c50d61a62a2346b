"""Gradient accumulation: the backward pass over a batch in parts that fit in memory.

A batch that does not fit is halved, and halved again; gradients accumulate, so the
update is that of the whole batch (BatchNorm uses the statistics of the parts).
"""

from collections.abc import Callable

import torch
from torch import Tensor

from trainwell.core.errors import UserError
from trainwell.training._batch import Batch
from trainwell.training._state import TrainState

Forward = Callable[[Tensor, Tensor], Tensor]


def accumulate_gradients(state: TrainState, batch: Batch, forward: Forward) -> Tensor:
    """Add the gradient of the mean loss to the parameters; return that loss.

    The loss keeps its graph if the batch was not split, for second derivatives.

    `state.parts` grows, and stays grown, when memory runs out.

    Raises:
        UserError: If not even one sample fits.
    """
    while True:
        try:
            return _accumulate(batch, state.parts, forward)
        except RuntimeError as error:
            if not _out_of_memory(error):
                raise
            if state.parts >= len(batch):
                raise UserError(
                    "one image does not fit into memory; choose a smaller "
                    "data.image_size or model.name."
                ) from error
        state.optimizer.zero_grad(set_to_none=True)
        state.parts = min(2 * state.parts, len(batch))
        if torch.cuda.is_available():
            torch.cuda.empty_cache()


def _accumulate(batch: Batch, parts: int, forward: Forward) -> Tensor:
    total = torch.zeros((), device=batch.images.device)
    for part in batch.split(parts):
        loss = forward(part.images, part.targets).sum() / len(batch)
        loss.backward()
        total = total + loss if parts == 1 else total + loss.detach()
    return total


def _out_of_memory(error: RuntimeError) -> bool:
    """Return whether an error is a lack of memory, on any device."""
    if isinstance(error, torch.OutOfMemoryError):
        return True
    return "not enough memory" in str(error) or "can't allocate memory" in str(error)
