"""Kernels are compiled again as soon as any source of them changes."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import trainwell
from trainwell.augment.engine._jit import digest_of

HELPER = """
from trainwell.augment.engine._jit import kernel

@kernel
def helper():
    return {number}
"""
CALLER = """
from trainwell.augment.engine._helper import helper
from trainwell.augment.engine._jit import kernel

@kernel
def caller():
    return helper() + 1
"""
PROGRAM = """
from trainwell.augment.engine._caller import caller
print(caller(), sum(caller.stats.cache_hits.values()))
"""


@pytest.fixture
def package(tmp_path):
    """A copy of the package, with a kernel that calls one of another file."""
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(
        Path(trainwell.__file__).parent, tmp_path / "trainwell", ignore=ignored
    )
    engine = tmp_path / "trainwell" / "augment" / "engine"
    (engine / "_caller.py").write_text(CALLER)
    return engine


def run(package):
    root = str(package.parents[2])
    variables = {**os.environ, "PYTHONPATH": root, "NUMBA_CACHE_DIR": ""}
    words = [sys.executable, "-c", PROGRAM]
    done = subprocess.run(words, env=variables, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_a_changed_helper_is_compiled_into_its_callers(package):
    helper = package / "_helper.py"
    helper.write_text(HELPER.format(number=1))
    assert run(package) == ["2", "0"]
    assert run(package) == ["2", "1"], "what was kept is used"
    (first,) = (package / "__pycache__").glob("kernels-*")
    helper.write_text(HELPER.format(number=10))
    assert run(package) == ["11", "0"]
    (second,) = (package / "__pycache__").glob("kernels-*")
    assert second != first
    assert len(list(second.glob("*.nbc"))) == 2


def test_the_digest_is_of_all_sources(tmp_path):
    ops, engine = tmp_path / "ops", tmp_path / "engine"
    found = set()
    for folder in (ops, engine):
        folder.mkdir()
        (folder / "_a.py").write_text("A = 1")
        found.add(digest_of((ops, engine)))
    (ops / "_a.py").write_text("A = 2")
    found.add(digest_of((ops, engine)))
    (ops / "_a.py").rename(ops / "_b.py")
    found.add(digest_of((ops, engine)))
    assert len(found) == 4
    (ops / "notes.txt").touch()
    assert digest_of((ops, engine)) in found
