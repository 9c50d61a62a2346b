"""What every operation must do: one operation per sample, of that sample's numbers alone."""

import ast
import inspect
from pathlib import Path

import numpy as np
import pytest

from trainwell.augment import ops, render_uint8
from trainwell.augment.ops._op_sequence import Keys, Magnitude
from trainwell.data import pack_images
from trainwell.preprocess import Standardize

OPS = {
    name: f
    for name, f in vars(ops).items()
    if inspect.isfunction(f)
    and inspect.signature(f).return_annotation is ops.OpSequence
    and not f.__module__.endswith("_op_sequence")
}
NUMBERS = np.array([0.3, 0.5, 1.0])
LIMITS = {"margin": 0.4}  # the largest value, where that is below 1


def numbers_for(f):
    """Three samples' arguments, or None if some need a shape of their own."""
    found = []
    for parameter in inspect.signature(f).parameters.values():
        if parameter.kind is parameter.KEYWORD_ONLY:
            continue
        if parameter.annotation is Magnitude:
            found.append(NUMBERS * LIMITS.get(parameter.name, 1.0))
        elif parameter.annotation is Keys:
            found.append(np.array([1, 2, 2**60], np.uint64))
        elif parameter.default is parameter.empty:
            return None
    return found


PLAIN = {n: numbers_for(f) for n, f in OPS.items() if numbers_for(f)}
FIXED = [n for n, f in OPS.items() if "count" in inspect.signature(f).parameters]


def test_all_are_found():
    assert len(OPS) >= 30
    assert len(PLAIN) >= 20
    assert len(FIXED) >= 6


@pytest.mark.parametrize("name", OPS)
def test_its_page_says_when_to_use_it(name):
    module = inspect.getmodule(OPS[name])
    text = ast.get_docstring(ast.parse(Path(module.__file__).read_text()))
    places = [text.find(f"\n{word}: ") for word in ("Use", "Side effects", "Source")]
    assert 0 < places[0] < places[1] < places[2]
    assert text.split("\n\n")[0].endswith(".")


@pytest.mark.parametrize("name", PLAIN)
def test_a_sample_has_its_own_op(name):
    together = OPS[name](*PLAIN[name])
    assert together.op_codes.shape == (3, 1)
    assert np.isfinite(together.magnitudes).all()
    for i in range(3):
        alone = OPS[name](*(numbers[i] for numbers in PLAIN[name]))
        np.testing.assert_array_equal(alone.op_codes[0], together.op_codes[i])
        np.testing.assert_array_equal(alone.magnitudes[0], together.magnitudes[i])


@pytest.mark.parametrize("name", FIXED)
def test_without_magnitudes_it_is_counted(name):
    assert len(OPS[name]()) == 1
    made = OPS[name](3)
    assert made.op_codes.shape == (3, 1)
    assert (made.magnitudes == OPS[name]().magnitudes).all()


@pytest.mark.parametrize("name", [*PLAIN, *FIXED])
@pytest.mark.parametrize("channels", [1, 3, 5])
def test_every_size_and_number_of_channels(name, channels):
    operations = OPS[name](*PLAIN[name]) if name in PLAIN else OPS[name](3)
    rng = np.random.default_rng(0)
    images = [
        rng.integers(0, 256, (n, n + 2, channels), dtype=np.uint8) for n in (1, 2, 9)
    ]
    params = ops.crop_only(np.tile([0.0, 0, 1, 1], (3, 1))).then(operations)
    options = {"standardize": Standardize((0.5,) * channels, (0.2,) * channels)}
    pack, rows = pack_images(images), np.arange(3)
    for size in (1, 2, 11):
        for interpolation in ("nearest", "linear"):
            options |= {"size": size, "interpolation": interpolation}
            pixels = render_uint8(pack, rows, params, **options)
            assert pixels.shape == (3, size, size, channels)
            again = render_uint8(pack, rows, params, **options)
            np.testing.assert_array_equal(pixels, again)
