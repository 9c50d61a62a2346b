"""Finished runs in one model: what is refused."""

import json
import shutil
from dataclasses import replace

import pytest

from trainwell.core.errors import RunError
from trainwell.runs import Quiet, ensemble
from trainwell.runs._ensemble import same_meaning
from trainwell.tasks import Multilabel, Regression


def test_one_run_is_no_ensemble(finished, tmp_path):
    with pytest.raises(RunError, match="give two runs or more"):
        ensemble([finished.path], out=tmp_path / "e", reporter=Quiet())


def test_a_run_that_is_not_finished(finished, tmp_path):
    with pytest.raises(RunError, match="is not a finished run"):
        ensemble([finished.path, tmp_path], out=tmp_path / "e", reporter=Quiet())
    assert not (tmp_path / "e").exists()


def test_runs_with_other_test_labels_are_not_compared(finished, tmp_path):
    other = tmp_path / "other"
    shutil.copytree(finished.path, other)
    origin = json.loads((other / "origin.json").read_text())
    origin["fingerprints"]["test"] = "another"
    (other / "origin.json").write_text(json.dumps(origin))
    with pytest.raises(RunError, match="has other test images, or other labels, than"):
        ensemble([finished.path, other], out=tmp_path / "e", reporter=Quiet())
    assert not (tmp_path / "e").exists()


def test_outputs_in_other_units_do_not_mean_the_same():
    here = Regression(("age",), ("years",), mean=(40.0,), scale=(10.0,))
    assert same_meaning(here, replace(here, widths=(3.0,)))
    assert not same_meaning(here, replace(here, scale=(5.0,)))
    assert not same_meaning(here, Multilabel(("age",)))
