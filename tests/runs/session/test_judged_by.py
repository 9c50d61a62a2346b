"""By what the curves of a task are judged."""

import numpy as np

from trainwell.runs.session._judged_by import judged_by
from trainwell.tasks import Classification, Multilabel


def test_classes_have_a_number_and_labels_have_none():
    targets = np.array([0, 1, 2, 2])
    found = judged_by(Classification(("a", "b", "c")), targets)
    assert found == {"num_classes": 3, "quality": "accuracy", "chance": 1 / 3}
    labels = np.array([[1, 0], [1, 0], [1, 1], [0, 0]])
    found = judged_by(Multilabel(("a", "b")), labels)
    assert found == {"num_classes": None, "quality": "map", "chance": 0.5}
