"""Networks of one weight, for the first three steps."""

import math

import pytest


class Bowl:
    """Gradient descent on curvature x^2 / 2 + floor, from x = 1.

    It converges for rates below 2 / curvature, fastest at 1 / curvature.
    """

    def __init__(self, curvature=1.0, floor=0.1):
        self.x, self.curvature, self.floor = 1.0, curvature, floor

    def step(self, rate):
        loss = self.curvature * self.x**2 / 2 + self.floor
        self.x -= rate * self.curvature * self.x
        return loss if loss < 1e6 else math.inf

    def quality(self):
        return 1.0 if abs(self.x) < 1e-2 else 0.5


@pytest.fixture
def bowl():
    """The class, to be called for a new network."""
    return Bowl
