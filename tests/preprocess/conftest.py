"""Real images: digits (all varying pixels) and patches of photographs."""

import pytest
import torch
from sklearn.datasets import load_digits, load_sample_image


@pytest.fixture(scope="session")
def digits():
    """1,797 handwritten digits, 1 x 8 x 8, on a 0..1 scale, float64."""
    return torch.from_numpy(load_digits().images)[:, None] / 16


@pytest.fixture(scope="session")
def patches():
    """3,000 patches of a photograph, 3 x 4 x 4, float64."""
    photo = torch.from_numpy(load_sample_image("china.jpg").copy()).double() / 255
    g = torch.Generator().manual_seed(0)
    rows = torch.randint(0, photo.shape[0] - 4, (3000,), generator=g).tolist()
    columns = torch.randint(0, photo.shape[1] - 4, (3000,), generator=g).tolist()
    cut = [photo[r : r + 4, c : c + 4] for r, c in zip(rows, columns, strict=True)]
    return torch.stack(cut).permute(0, 3, 1, 2)
