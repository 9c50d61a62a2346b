"""Every operation is declared once and computed by both engines and the reference."""

import importlib
import pkgutil
from pathlib import Path

import numpy as np
import pytest
import torch

from trainwell.augment import ops, render_batched, render_uint8
from trainwell.augment.batched._kernels import KERNELS
from trainwell.augment.batched._point_tables import POINT_TABLES
from trainwell.augment.ops import _op_spec as kinds
from trainwell.augment.ops._op_sequence import MAX_MAGNITUDES
from trainwell.augment.ops._op_spec import OpSpec
from trainwell.augment.ops._specs import OP_CODES, SPECS
from trainwell.augment.reference import show
from trainwell.data import pack_images
from trainwell.preprocess import Standardize

RANGES = [
    kinds.WARP_CODES,
    kinds.LENS_CODES,
    kinds.POINT_TONE_CODES,
    kinds.IMAGE_TONE_CODES,
    kinds.COLOR_CODES,
    kinds.NEIGHBOR_CODES,
    kinds.IN_PLACE_CODES,
]
SETTINGS = {
    "warp": ops.rotate(20.0),
    "lens": ops.lens_distortion(0.3),
    "autocontrast": ops.autocontrast(amount=0.7),
    "equalize": ops.equalize(),
    "invert": ops.invert(amount=0.4),
    "smooth": ops.smooth(),
    "rim_blur": ops.blur(0.8),
    "brightness": ops.brightness(0.6),
    "scale_and_shift": ops.scale_and_shift(1.0, np.array([9.0, -20, 30])),
    "posterize": ops.posterize(3),
    "solarize": ops.solarize(100.0),
    "solarize_add": ops.solarize_add(60.0),
    "gamma": ops.gamma(1.5),
    "contrast": ops.contrast(0.5),
    "saturation": ops.saturation(0.3),
    "hue": ops.hue(0.3),
    "color_matrix": ops.color_matrix(np.eye(3, 4)[::-1]),
    "sharpness": ops.sharpness(2.0),
    "blur": ops.gaussian_blur(1.5),
    "noise": ops.gaussian_noise(0.1, np.array([7], np.uint64)),
    "erase": ops.erase(0.2, 0.2, 0.7, 0.9),
}
_SUM, _DIFFERENCE = (
    np.indices((24, 24)).sum(0),
    np.diff(np.indices((24, 24)), axis=0)[0],
)
IMAGE = np.stack(
    [4 * _SUM + 10, 120 + 4 * _DIFFERENCE, 60 + 50 * np.cos(_SUM / 2)], axis=2
).astype(np.uint8)
GREY = Standardize((0.5,) * 3, (1.0,) * 3)


def defining_module(spec):
    """Return the name of the module that declares a spec."""
    declared = [
        module.name
        for module in pkgutil.iter_modules(ops.__path__)
        if " = OpSpec(" in (Path(ops.__path__[0]) / f"{module.name}.py").read_text()
        and spec
        in [
            v
            for v in vars(
                importlib.import_module(f"{ops.__name__}.{module.name}")
            ).values()
            if isinstance(v, OpSpec)
        ]
    ]
    assert len(declared) == 1, f"{spec.name} must be declared once"
    return declared[0]


def rendered(operations, size):
    """Return an image, and it after operations: by Numba, torch and the reference."""
    params = ops.crop_only(np.array([[0.0, 0, 1, 1]])).then(operations)
    image = IMAGE[: size[0], : size[1]].copy()
    options = {"size": size, "standardize": GREY}
    pack, rows = pack_images([image]), np.arange(1)
    numba = render_uint8(pack, rows, params, **options)[0]
    batch = torch.from_numpy(image[None])
    tensor = render_batched(batch, rows, params, **options, dtype=torch.uint8)
    slow = show(
        image,
        params.crop_boxes[0],
        (operations.op_codes[0], operations.magnitudes[0]),
        size=size,
        fill=np.full(3, 128, np.uint8),
    )
    return image, numba, tensor[0].permute(1, 2, 0).numpy(), slow


def test_codes_and_names_are_distinct_and_within_their_kind():
    assert len(OP_CODES) == len(SPECS) >= 18
    for code, spec in SPECS.items():
        assert code == spec.code
        assert sum(code in codes for codes in RANGES) == 1
    ends = [end for codes in RANGES for end in (codes.start, codes.stop)]
    assert ends == sorted(ends)


@pytest.mark.parametrize("spec", SPECS.values(), ids=lambda spec: spec.name)
def test_a_spec_is_complete(spec):
    starred = [m for m in spec.magnitudes if m.startswith("*")]
    assert starred in ([], list(spec.magnitudes[-1:]))
    assert len(spec.magnitudes) <= MAX_MAGNITUDES
    assert spec.describe(np.arange(1.0, 1 + MAX_MAGNITUDES))
    moves = spec.code in (*kinds.WARP_CODES, *kinds.LENS_CODES)
    assert (spec.reference is None) == moves
    if spec.code in kinds.POINT_TONE_CODES:
        assert spec.code in POINT_TABLES
    elif spec.code not in kinds.WARP_CODES:
        assert KERNELS[spec.code].spec is spec
    module = defining_module(spec)
    users = {"_warp": "_rotate", "_noise": "_gaussian_noise"}
    test = f"test{users.get(module, module)}.py"
    assert (Path(__file__).parent / test).is_file()


@pytest.mark.parametrize("size", [(24, 24), (18, 24), (24, 13), (1, 24), (24, 2)])
@pytest.mark.parametrize("spec", SPECS.values(), ids=lambda spec: spec.name)
def test_both_engines_and_the_reference_compute_it(spec, size):
    operations = SETTINGS.get(spec.name) or spec.sequence()
    assert operations.op_codes.tolist() == [[spec.code]]
    image, numba, tensors, slow = rendered(operations, size)
    if min(size) > 2:
        assert (numba != image).mean() > 0.05, "it must change the picture"
    np.testing.assert_array_equal(tensors, numba)
    assert np.abs(numba.astype(int) - slow).max() <= 1
