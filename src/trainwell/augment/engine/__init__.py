"""The compiled engine: numbers in, pixels out; no randomness, no operations' names."""

from trainwell.augment.engine._pass import run as run
