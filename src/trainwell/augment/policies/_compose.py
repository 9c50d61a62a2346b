"""Compose: a crop, then any number of policies, as one.

Source: definition.
"""

from dataclasses import dataclass

from trainwell.augment.ops import Look
from trainwell.augment.policies._types import Change, Draw, Policy


@dataclass(frozen=True)
class Compose:
    """Show what `crop` draws, changed by each of `changes` in turn.

    A policy that is listed twice draws the same twice; give it twice as many
    operations instead.
    """

    crop: Policy
    changes: tuple[Change, ...] = ()

    def __call__(self, draw: Draw) -> Look:
        """Return the looks."""
        look = self.crop(draw)
        for change in self.changes:
            look = look.then(change(draw))
        return look
