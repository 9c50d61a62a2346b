"""What is wrong with points in images, where these are what is predicted."""

import numpy as np

from trainwell.data import Splits, point_swaps
from trainwell.diagnose import Finding, check_points
from trainwell.tasks import TASKS


def point_findings(splits: Splits) -> list[Finding]:
    """Check the points of all splits; none where no places are predicted."""
    if not TASKS[splits.reader.name].located:
        return []
    held = [splits.val] if splits.held_out else []
    parts = [splits.train, *held, *([splits.test] if splits.test is not None else [])]
    return check_points(
        np.concatenate([part.targets for part in parts]),
        np.concatenate([part.sizes for part in parts]),
        [name for part in parts for name in part.names],
        swaps=point_swaps(splits.classes),
    )
