"""Distillation by hand, written out, at its limits, and against torch."""

import math

import jaxtyping
import pytest
import torch
import torch.nn.functional as F

from trainwell.losses import cross_entropy, distillation_loss, soft_target_loss


@pytest.fixture
def batch():
    g = torch.Generator().manual_seed(0)
    student, teacher = 3 * torch.randn(2, 5, 4, generator=g, dtype=torch.float64)
    return student, teacher, torch.tensor([0, 3, 1, 1, 2])


def softmax(values):
    total = sum(math.exp(v) for v in values)
    return [math.exp(v) / total for v in values]


def test_by_hand():
    # T = 2: the teacher says (3/4, 1/4), the student (1/2, 1/2)
    student = torch.zeros(1, 2)
    teacher = torch.tensor([[2 * math.log(3), 0.0]])
    soft = 4 * (0.75 * math.log(1.5) + 0.25 * math.log(0.5))
    found = soft_target_loss(student, teacher, temperature=2.0)
    assert found.item() == pytest.approx(soft, abs=1e-6)
    mixed = distillation_loss(
        student, teacher, torch.tensor([1]), temperature=2.0, weight=0.25
    )
    assert mixed.item() == pytest.approx(0.25 * soft + 0.75 * math.log(2), abs=1e-6)


@pytest.mark.parametrize(("temperature", "weight"), [(4.0, 0.9), (1.5, 0.3)])
def test_written_out_definition(batch, temperature, weight):
    student, teacher, targets = batch
    found = distillation_loss(
        *batch, temperature=temperature, weight=weight, reduction="none"
    )
    for z, v, k, value in zip(
        student.tolist(), teacher.tolist(), targets.tolist(), found, strict=True
    ):
        q = softmax([x / temperature for x in v])
        p = softmax([x / temperature for x in z])
        soft = sum(a * math.log(a / b) for a, b in zip(q, p, strict=True))
        hard = -math.log(softmax(z)[k])
        expected = weight * temperature**2 * soft + (1 - weight) * hard
        assert value.item() == pytest.approx(expected, rel=1e-12)


def test_targets_may_be_distributions(batch):
    student, teacher, targets = batch
    mixed = 0.7 * F.one_hot(targets, 4).double() + 0.3 * teacher.softmax(1)
    found = distillation_loss(student, teacher, mixed, weight=0.0)
    torch.testing.assert_close(found, cross_entropy(student, mixed))


def test_without_weight_it_is_cross_entropy_and_at_the_teacher_nothing(batch):
    student, teacher, targets = batch
    torch.testing.assert_close(
        distillation_loss(*batch, weight=0.0), cross_entropy(student, targets)
    )
    assert soft_target_loss(teacher + 2, teacher).item() == pytest.approx(0, abs=1e-12)


def test_high_temperature_is_half_the_squared_distance_of_centred_logits(batch):
    """Hinton et al. 2015, section 2.1, with n = 4 classes."""
    student, teacher, _ = batch
    z, v = (x - x.mean(1, keepdim=True) for x in (student, teacher))
    expected = ((z - v) ** 2).sum(1) / (2 * 4)
    found = soft_target_loss(student, teacher, temperature=1e4, reduction="none")
    torch.testing.assert_close(found, expected, rtol=1e-3, atol=1e-6)


def test_agrees_with_torch(batch):
    student, teacher, _ = batch
    expected = F.kl_div(
        F.log_softmax(student / 3, 1), F.softmax(teacher / 3, 1), reduction="batchmean"
    )
    found = soft_target_loss(student, teacher, temperature=3.0)
    torch.testing.assert_close(found, 9 * expected)


def test_gradient(batch):
    student, teacher, targets = batch
    student.requires_grad_()
    teacher.requires_grad_()
    assert torch.autograd.gradcheck(
        lambda z: distillation_loss(z, teacher, targets, reduction="none"), student
    )
    distillation_loss(student, teacher, targets).backward()
    assert teacher.grad is None
    q, p = (teacher.detach() / 4).softmax(1), (student.detach() / 4).softmax(1)
    hard = student.detach().softmax(1) - F.one_hot(targets, 4)
    torch.testing.assert_close(student.grad, (0.9 * 4 * (p - q) + 0.1 * hard) / 5)


def test_half_precision_is_raised_and_reductions(batch):
    student, teacher, targets = batch
    half = distillation_loss(student.bfloat16(), teacher.bfloat16(), targets)
    assert half.dtype == torch.float32
    values = distillation_loss(*batch, reduction="none")
    torch.testing.assert_close(distillation_loss(*batch), values.mean())
    torch.testing.assert_close(distillation_loss(*batch, reduction="sum"), values.sum())


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"temperature": 0.0}, "`temperature` must be"),
        ({"weight": 1.5}, r"`weight` must be in \[0, 1\], got 1.5"),
        ({"reduction": "max"}, "`reduction` must be one of"),
    ],
)
def test_errors(batch, options, message, monkeypatch):
    monkeypatch.setattr(jaxtyping.config, "jaxtyping_disable", True)
    with pytest.raises(ValueError, match=message):
        distillation_loss(*batch, **options)
