import numpy as np
import pytest
import torch
from scipy import stats

from trainwell.augment.policies import Mixing

IMAGES = torch.randn(400, 2, 6, 6, generator=torch.Generator().manual_seed(0))
TARGETS = torch.arange(400) % 3


def test_mixup_shares_are_beta(context):
    mixed, targets = Mixing("mixup", 3, alpha=0.4)(IMAGES, TARGETS, context(400))
    share = targets.gather(1, TARGETS[:, None])[:, 0]
    other = TARGETS.roll(-1)
    differ = other != TARGETS
    assert stats.kstest(share[differ], stats.beta(0.4, 0.4).cdf).pvalue > 1e-3
    s = share[:, None, None, None]
    expected = s * IMAGES + (1 - s) * IMAGES.roll(-1, 0)
    torch.testing.assert_close(mixed[differ], expected[differ], rtol=1e-4, atol=1e-5)
    torch.testing.assert_close(targets.sum(1), torch.ones(400))


def test_cutmix_pastes_the_area_that_targets_lose(context):
    mixed, targets = Mixing("cutmix", 3)(IMAGES, TARGETS, context(400))
    pasted = (mixed == IMAGES.roll(-1, 0)).all(1)
    kept = (mixed == IMAGES).all(1)
    assert (pasted ^ kept).all()
    differ = TARGETS.roll(-1) != TARGETS
    share = targets.gather(1, TARGETS[:, None])[:, 0][differ]
    torch.testing.assert_close(share, kept.float().mean((1, 2))[differ])
    assert np.ptp(share.numpy()) > 0.8


def test_the_draw_decides(context):
    mix = Mixing("mixup", 3)
    one = mix(IMAGES, TARGETS, context(400))[1]
    assert torch.equal(one, mix(IMAGES, TARGETS, context(400))[1])
    assert not torch.equal(one, mix(IMAGES, TARGETS, context(400, epoch=1))[1])


def test_messages():
    with pytest.raises(ValueError, match="`kind` must be one of mixup, cutmix"):
        Mixing("blend", 3)


@pytest.mark.parametrize("kind", ["mixup", "cutmix"])
def test_a_batch_is_mixed_where_it_is(kind, context):
    """Tensors without content raise where the host would wait for a value."""
    images = torch.empty((6, 3, 8, 8), device="meta")
    targets = torch.empty((6, 4), device="meta")
    mixed, soft = Mixing(kind, 4)(images, targets, context(6))
    assert (mixed.device.type, soft.device.type) == ("meta", "meta")
    assert (mixed.shape, soft.shape) == ((6, 3, 8, 8), (6, 4))
