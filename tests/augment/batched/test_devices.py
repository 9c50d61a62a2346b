"""On devices: nothing waits for one, a GPU shows the same, compiled code nearly."""

import functools

import numpy as np
import pytest
import torch

from trainwell.augment import ops, render_batched
from trainwell.augment.batched import _execute
from trainwell.augment.ops import TransformParams
from trainwell.data import DeviceImages, pack_images
from trainwell.preprocess import Standardize


@pytest.mark.parametrize("seed", range(12))
def test_nothing_on_the_device_is_read_back(random_case, seed):
    """Tensors without content raise where the host would wait for a value."""
    case = random_case(seed)
    pack = pack_images(case.images)
    there = DeviceImages(
        torch.empty(len(pack.buffer), dtype=torch.uint8, device="meta"),
        pack.offsets,
        pack.heights,
        pack.widths,
        pack.channels,
    )
    seen = render_batched(there, case.rows, case.params, **case.options)
    assert seen.device.type == "meta"
    assert seen.shape == (20, pack.channels, *case.options["size"])


@pytest.mark.gpu
@pytest.mark.skipif(not torch.cuda.is_available(), reason="there is no CUDA device")
@pytest.mark.parametrize("seed", range(18))
def test_a_gpu_shows_the_same(random_case, seed):
    case = random_case(seed)
    distance = np.abs(case.torch("cuda").astype(int) - case.torch())
    assert (distance > 0).mean() < 1e-5


@pytest.mark.compile
def test_every_kernel_is_one_graph(random_case, monkeypatch):
    """Without the code generator, which takes minutes for all of them."""
    torch._dynamo.reset()
    _execute._compiled.cache_clear()
    plain = functools.partial(torch.compile, backend="eager")
    monkeypatch.setattr(torch, "compile", plain)
    case = random_case(4)
    np.testing.assert_array_equal(case.torch(compiled=True), case.torch())
    _execute._compiled.cache_clear()


@pytest.mark.compile
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of the compiler's own
def test_compiled_warps():
    torch._dynamo.reset()
    images = torch.randint(0, 256, (8, 24, 20, 3), dtype=torch.uint8)
    params = TransformParams(
        np.array([[0.0, 0, 1, 1]] * 8), ops.rotate(np.linspace(0, 90, 8))
    )
    options = {
        "size": 24,
        "standardize": Standardize((0.4, 0.5, 0.6), (0.2, 0.2, 0.3)),
        "interpolation": "linear",
    }
    seen = render_batched(images, np.arange(8), params, **options, compiled=True)
    assert torch.equal(seen, render_batched(images, np.arange(8), params, **options))
