"""Mean, variances and directions of the principal components.

    C = V diag(lambda) V^T,   C = (X - mean)^T (X - mean) / n

Use: as the first step of decorrelation and whitening.
Side effects: none.

Source: Pearson, "On Lines and Planes of Closest Fit to Systems of Points in Space",
1901; Hotelling, 1933. Divided by n, not n - 1, so that whitened training data has
exactly unit variance.
"""

import torch
from jaxtyping import Float
from torch import Tensor


@torch.no_grad()
def principal_components(
    rows: Float[Tensor, "batch features"],
) -> tuple[Tensor, Tensor, Tensor]:
    """Return mean (features,), variances (features,) and directions as columns.

    Computed in float64; variances descend and are never negative. The sign of each
    direction makes its largest value positive.

    Raises:
        ValueError: If there are fewer than two rows.
    """
    if len(rows) < 2:
        raise ValueError(f"`rows` must hold at least two samples, got {len(rows)}.")
    rows = rows.double()
    mean = rows.mean(0)
    centred = rows - mean
    variances, directions = torch.linalg.eigh(centred.T @ centred / len(rows))
    largest = directions.abs().argmax(0, keepdim=True)
    directions = directions * directions.gather(0, largest).sign()
    return mean, variances.clamp_min(0).flip(0), directions.flip(1)
