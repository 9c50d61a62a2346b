"""The compiled engine: numbers in, pixels out; no randomness, no names of operations."""

from trainwell.augment.engine._pass import run as run
