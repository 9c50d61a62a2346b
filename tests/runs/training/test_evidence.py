"""The images that a report shows, by hand."""

import numpy as np

from trainwell.runs.training._evidence import informative_examples
from trainwell.tasks import Classification
from trainwell.training import Evaluation


def test_worst_mistakes_and_least_certain():
    rows = np.full((40, 2), [0.9, 0.1])
    rows[3] = [0.999, 0.001]  # the worst mistake: its class is 1
    rows[7] = [0.51, 0.49]  # the least certain
    targets = np.zeros(40, np.int64)
    targets[3] = 1
    found = informative_examples(
        Evaluation(Classification(("a", "b")), rows.astype(np.float32), targets)
    )
    assert {3, 7} <= set(found.tolist())
    assert len(found) <= 24
    assert found.tolist() == sorted(found.tolist())
