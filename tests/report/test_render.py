"""The page is filled with the numbers of the run."""

from dataclasses import replace

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


def test_the_mean_error_of_classes_that_are_numbers(write_run):
    run, summary = write_run(("20", "25", "60"))
    files = read_run(run)
    assert "Mean error" not in render(run, files, summary)
    values = (20.0, 25.0, 60.0)
    task = replace(files.metadata.task, class_values=values)
    files = replace(files, metadata=replace(files.metadata, task=task))
    means = files.probabilities @ np.array(values)
    error = np.abs(means - np.array(values)[files.targets]).mean()
    assert f"<dt>Mean error</dt><dd>{error:.3f}</dd>" in render(run, files, summary)


def test_what_calibration_changed(write_run):
    run, summary = write_run()
    files = read_run(run)
    numbers = {"before": 0.2034, "after": 0.0041}
    numbers |= {"confidence_before": 0.7937, "confidence_after": 0.9961}
    warm = {"temperature": 0.3, "calibration": {files.split: numbers}}
    page = render(run, files, summary | warm)
    assert "it said 0.794 on average; the error was 0.203." in page
    for plain in ({}, {"temperature": 1.0}, {"temperature": 0.3}):
        assert "it said" not in render(run, files, summary | plain)
