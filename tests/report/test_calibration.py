import numpy as np

from trainwell.metrics import calibrate
from trainwell.report._calibration import picture


def test_the_picture_says_the_error():
    probabilities = np.array([[0.6, 0.4], [0.1, 0.9]])
    assert "expected calibration error 0.650" in picture(
        calibrate(probabilities, np.array([0, 0]))
    )
