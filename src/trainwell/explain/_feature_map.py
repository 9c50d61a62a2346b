"""Feature map: features of many numbers in a plane.

pca:  the two directions of the largest variance
tsne: places that keep near ones near, from the first 50 directions

Use: to see which classes a network mixes up, and where its mistakes lie.
Side effects: t-SNE takes seconds for a thousand images; its distances mean little
between groups.
Source: van der Maaten & Hinton, "Visualizing Data using t-SNE", 2008; scikit-learn.
"""

import numpy as np
import torch
from torch import Tensor

from trainwell.core import checks

METHODS = ("pca", "tsne")
_DIRECTIONS = 50  # that t-SNE starts from
_NEIGHBORHOOD = 30.0  # perplexity, where there are enough images


def feature_map(features: Tensor, *, method: str = "pca", seed: int = 0) -> Tensor:
    """Return a place in the plane for each row, (n, 2); one place if all are equal.

    Args:
        features: Of `features`, (n, numbers), with n at least 3.
        method: `pca` or `tsne`.
        seed: Of t-SNE.

    Raises:
        ValueError: If there are too few rows, or there is no such method.

    Example:
        >>> feature_map(torch.rand(6, 4)).shape
        torch.Size([6, 2])
    """
    checks.one_of("method", method, METHODS)
    if features.ndim != 2 or len(features) < 3 or features.shape[1] < 2:
        raise ValueError(
            "`features` must be 3 rows or more of 2 numbers or more, got shape "
            f"{tuple(features.shape)}."
        )
    from sklearn.decomposition import PCA

    x = features.detach().double().cpu().numpy()
    if not np.ptp(x, axis=0).any():
        return torch.zeros(len(x), 2)
    few = min(_DIRECTIONS if method == "tsne" else 2, *x.shape)
    found = PCA(few, svd_solver="randomized", random_state=seed).fit_transform(x)
    if method == "tsne":
        from sklearn.manifold import TSNE

        near = min(_NEIGHBORHOOD, (len(x) - 1) / 3)
        found = TSNE(perplexity=near, random_state=seed).fit_transform(found)
    return torch.from_numpy(np.asarray(found, np.float64)).float()
