"""What every operation must do: one step per sample, of that sample's numbers alone."""

import ast
import inspect
from pathlib import Path

import numpy as np
import pytest

from trainwell.augment import ops, render_uint8
from trainwell.augment.ops._steps import Keys, Magnitude
from trainwell.data import pack_images
from trainwell.preprocess import Standardize

STEPS = {
    name: f
    for name, f in vars(ops).items()
    if inspect.isfunction(f)
    and inspect.signature(f).return_annotation is ops.Steps
    and not f.__module__.endswith("_steps")
}
NUMBERS = np.array([0.3, 0.5, 1.0])


def numbers_for(f):
    """Three samples' arguments, or None if some need a shape of their own."""
    found = []
    for parameter in inspect.signature(f).parameters.values():
        if parameter.kind is parameter.KEYWORD_ONLY:
            continue
        if parameter.annotation is Magnitude:
            found.append(NUMBERS)
        elif parameter.annotation is Keys:
            found.append(np.array([1, 2, 2**60], np.uint64))
        elif parameter.default is parameter.empty:
            return None
    return found


PLAIN = {n: numbers_for(f) for n, f in STEPS.items() if numbers_for(f)}
FIXED = [n for n, f in STEPS.items() if "count" in inspect.signature(f).parameters]


def test_all_are_found():
    assert len(STEPS) >= 30
    assert len(PLAIN) >= 20
    assert len(FIXED) >= 6


@pytest.mark.parametrize("name", STEPS)
def test_its_page_says_when_to_use_it(name):
    module = inspect.getmodule(STEPS[name])
    text = ast.get_docstring(ast.parse(Path(module.__file__).read_text()))
    places = [text.find(f"\n{word}: ") for word in ("Use", "Side effects", "Source")]
    assert 0 < places[0] < places[1] < places[2]
    assert text.split("\n\n")[0].endswith(".")


@pytest.mark.parametrize("name", PLAIN)
def test_a_sample_has_its_own_step(name):
    together = STEPS[name](*PLAIN[name])
    assert together.codes.shape == (3, 1)
    assert np.isfinite(together.values).all()
    for i in range(3):
        alone = STEPS[name](*(numbers[i] for numbers in PLAIN[name]))
        np.testing.assert_array_equal(alone.codes[0], together.codes[i])
        np.testing.assert_array_equal(alone.values[0], together.values[i])


@pytest.mark.parametrize("name", FIXED)
def test_without_magnitudes_it_is_counted(name):
    assert len(STEPS[name]()) == 1
    made = STEPS[name](3)
    assert made.codes.shape == (3, 1)
    assert (made.values == STEPS[name]().values).all()


@pytest.mark.parametrize("name", [*PLAIN, *FIXED])
@pytest.mark.parametrize("channels", [1, 3, 5])
def test_every_size_and_number_of_channels(name, channels):
    steps = STEPS[name](*PLAIN[name]) if name in PLAIN else STEPS[name](3)
    rng = np.random.default_rng(0)
    images = [
        rng.integers(0, 256, (n, n + 2, channels), dtype=np.uint8) for n in (1, 2, 9)
    ]
    look = ops.shown(np.tile([0.0, 0, 1, 1], (3, 1))).then(steps)
    options = {"standardize": Standardize((0.5,) * channels, (0.2,) * channels)}
    pack, rows = pack_images(images), np.arange(3)
    for size in (1, 2, 11):
        for interpolation in ("nearest", "linear"):
            options |= {"size": size, "interpolation": interpolation}
            levels = render_uint8(pack, rows, look, **options)
            assert levels.shape == (3, size, size, channels)
            again = render_uint8(pack, rows, look, **options)
            np.testing.assert_array_equal(levels, again)
