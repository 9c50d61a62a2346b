"""The equations of ridge regression, in the smaller of two forms.

    (A^T A + p I) W^T = A^T B         of the features, or
    (A A^T + p I) V = B,  W^T = A^T V  of the images
    A = sqrt(s) (z - m),   B = sqrt(s) (y - y_mean),   m = sum_i s_i z_i

Products of float32 are added up in float64. Those of the images are taken once and
serve any part of them.

Source: Saunders, Gammerman & Vovk, "Ridge Regression Learning Algorithm in Dual
Variables", 1998.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass

import torch
from torch import Tensor

_BLOCK = 1024  # rows at a time
_CHUNK = 4096  # products that are added up in the precision of the features


class NormalEquations(ABC):
    """Those of standardised features (images, d), for any part of the images."""

    @abstractmethod
    def of(self, rows: Tensor, share: Tensor) -> "System":
        """Return the system of some images with these weights, whose sum is 1."""


@dataclass(frozen=True)
class System(ABC):
    """The equations of some images.

    Attributes:
        z: Features of all images, (images, d).
        rows: The images, (n,).
        share: Their weights in float64, (n,).
        centre: m, in the dtype of the features, (d,).
        matrix: A^T A or A A^T in float64.
    """

    z: Tensor
    rows: Tensor
    share: Tensor
    centre: Tensor
    matrix: Tensor

    def solve(self, targets: Tensor, penalty: float) -> tuple[Tensor, Tensor]:
        """Return W (columns, d) and b (columns,) for targets (n, columns)."""
        middle = self.share @ targets
        matrix = self.matrix.clone()
        matrix.diagonal().add_(penalty)
        factor = torch.linalg.cholesky(matrix)
        weight = self._weight(factor, self.share.sqrt()[:, None] * (targets - middle))
        return weight, middle - weight.double() @ self.centre.double()

    @abstractmethod
    def _weight(self, factor: Tensor, right: Tensor) -> Tensor:
        """Return W for B, from the Cholesky factor of the matrix."""

    def _products(self, right: Tensor) -> Tensor:
        """Return A^T times something of the images, in the features' dtype.

        Times sqrt(s) it adds up to 0, as B does, so m has no part in it.
        """
        scaled = self.share.sqrt()[:, None] * right
        spread = scaled.new_zeros(len(self.z), scaled.shape[1])
        spread[self.rows] = scaled
        return self.z.T @ spread.to(self.z)


class _FeatureSystem(System):
    def _weight(self, factor: Tensor, right: Tensor) -> Tensor:
        return torch.cholesky_solve(self._products(right).double(), factor).T


class _ImageSystem(System):
    def _weight(self, factor: Tensor, right: Tensor) -> Tensor:
        return self._products(torch.cholesky_solve(right, factor)).T


class _OfFeatures(NormalEquations):
    def __init__(self, z: Tensor) -> None:
        self.z = z

    def of(self, rows: Tensor, share: Tensor) -> System:
        part = self.z[rows]
        centre = share.to(part) @ part
        centred = (part - centre) * share.sqrt().to(part)[:, None]
        return _FeatureSystem(self.z, rows, share, centre, products(centred.T))


class _OfImages(NormalEquations):
    def __init__(self, z: Tensor) -> None:
        self.z, self.products = z, products(z)

    def of(self, rows: Tensor, share: Tensor) -> System:
        whole = len(rows) == len(self.z)
        matrix = self.products.clone() if whole else self.products[rows][:, rows]
        along = matrix @ share
        matrix -= along[:, None] + (along - share @ along)
        root = share.sqrt()
        matrix *= root[:, None]
        matrix *= root
        spread = self.z.new_zeros(len(self.z))
        spread[rows] = share.to(self.z)
        return _ImageSystem(self.z, rows, share, spread @ self.z, matrix)


def normal_equations(z: Tensor) -> NormalEquations:
    """Return the equations of the features, or of the images if these are fewer."""
    return _OfFeatures(z) if len(z) >= z.shape[1] else _OfImages(z)


def products(rows: Tensor) -> Tensor:
    """Return rows rows^T in float64; only one half of it is computed."""
    count, width = rows.shape
    found = torch.zeros(count, count, dtype=torch.float64, device=rows.device)
    for j in range(0, width, _CHUNK):
        part = rows[:, j : j + _CHUNK].contiguous()
        for i in range(0, count, _BLOCK):
            found[i : i + _BLOCK, i:] += part[i : i + _BLOCK] @ part[i:].T
    for i in range(0, count, _BLOCK):
        found[i:, i : i + _BLOCK] = found[i : i + _BLOCK, i:].T.clone()
    return found
