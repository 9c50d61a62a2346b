"""The page is filled with the numbers of the run."""

import numpy as np

from trainwell.report._render import render
from trainwell.report._run_files import read_run


def test_accuracy_and_mistakes_of_the_predictions(write_run):
    run, summary = write_run()
    files = read_run(run)
    page = render(run, files, summary)
    accuracy = float((files.probabilities.argmax(1) == files.targets).mean())
    assert f"{accuracy:.3f}" in page
    assert f"{summary['num_parameters']:,}" in page
    assert page.count("<svg") >= 5, "curves and calibration"
    assert not np.isnan(accuracy)
