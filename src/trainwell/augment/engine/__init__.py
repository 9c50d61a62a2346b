"""The compiled engine: numbers in, pixels out; no randomness, no operations' names."""

from trainwell.augment.engine._cached import run as run
