"""From the recipe's ensemble to what it asks of a training."""

from trainwell.recipes._recipe import Recipe

_SIZE = 5
CYCLES = ("snapshots", "soup")
"""Ensembles of one training whose learning rate rises again."""

MOMENTS = (*CYCLES, "swa")
"""Ensembles of moments of one training."""


def num_members(recipe: Recipe) -> int:
    """Return how many seeds or moments there are."""
    return recipe.ensemble.size or _SIZE


def num_cycles(recipe: Recipe) -> int | None:
    """Return how many times the rate falls, where an ensemble needs several falls."""
    return num_members(recipe) if recipe.ensemble.kind in CYCLES else None
