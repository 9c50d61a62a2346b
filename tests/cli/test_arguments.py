"""Completion of keys and values is fast, and knows what the recipe knows."""

import os
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path

import pytest

from trainwell.cli._experiment import NAMES
from trainwell.cli._train import PRESETS as PRESET_NAMES
from trainwell.core.recipe_keys import complete, recipe_keys
from trainwell.experiments import EXPERIMENTS
from trainwell.recipes import PRESETS, key_specs, keys

TRAINWELL = Path(sys.executable).parent / "trainwell"


def test_the_written_list_is_that_of_the_recipe():
    """Run scripts/write_recipe_keys after a change."""
    assert list(map(asdict, recipe_keys())) == list(map(asdict, key_specs()))
    assert {k.key for k in recipe_keys()} == set(keys())


def test_names_that_are_written_out_are_all():
    assert set(PRESETS) == set(PRESET_NAMES)
    assert set(EXPERIMENTS) == set(NAMES)


@pytest.mark.parametrize(
    ("word", "before", "found"),
    [
        ("optimizer.w", [], ["optimizer.weight_decay="]),
        ("norm.name=gro", [], ["norm.name=group_norm"]),
        ("norm=gro", [], ["norm=group_norm"]),
        ("gro", ["photos", "norm.name", "="], ["group_norm"]),
        ("=", ["photos", "data.fit"], ["pad", "stretch", "crop"]),
        ("", ["photos", "data.fit"], ["pad", "stretch", "crop"]),
        ("penalty.proximal=t", [], ["penalty.proximal=true"]),
        ("nothing", [], []),
    ],
)
def test_words_that_may_follow(word, before, found):
    assert complete(word, before) == found


def test_the_shell_gets_values_without_waiting_for_pytorch():
    """As bash asks: words are split at `=`."""
    environment = os.environ | {
        "_TRAINWELL_COMPLETE": "complete_bash",
        "COMP_WORDS": "trainwell train photos optimizer.name = adam",
        "COMP_CWORD": "5",
    }
    start = time.perf_counter()
    done = subprocess.run(
        [TRAINWELL], env=environment, capture_output=True, text=True, check=False
    )
    assert done.stdout.split() == ["adam", "adamw"]
    code = (
        "import sys; sys.argv = ['trainwell']; from trainwell.cli import main\n"
        "try: main()\nfinally: print('torch' in sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr.strip().endswith("False"), time.perf_counter() - start
