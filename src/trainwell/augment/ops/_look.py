"""Look: how each of n samples is shown. What a policy draws and the engine runs.

Source: the engine of trainwell's design.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from trainwell.augment.ops._steps import Floats, Steps, nothing, then


@dataclass(frozen=True)
class Look:
    """A window of each source image, and the steps that change it.

    Attributes:
        windows: Shape (n, 4); see `augment.ops`.
        steps: What happens to the n windows.
    """

    windows: Floats
    steps: Steps

    def __len__(self) -> int:
        return len(self.windows)

    def __getitem__(self, rows: slice | npt.NDArray[np.int64]) -> "Look":
        return Look(self.windows[rows], self.steps[rows])

    def then(self, steps: Steps) -> "Look":
        """Return this with more steps at the end."""
        return Look(self.windows, then(self.steps, steps))


def shown(windows: Floats) -> Look:
    """Return the windows as they are."""
    return Look(windows, nothing(len(windows)))
