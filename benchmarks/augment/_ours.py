"""Ours: what a training run does, looks drawn by key included."""

from functools import partial

import numpy as np
import torch

from benchmarks.augment._candidates import Batches, Candidate, rows
from benchmarks.augment._workloads import MEAN, STD, Workload
from trainwell.augment import move_points, ops, render
from trainwell.augment.policies import (
    ColorJitter,
    Compose,
    Cutout,
    PadCrop,
    Plain,
    Policy,
    RandAugment,
    RandomResizedCrop,
    SamplingContext,
)
from trainwell.data import load, open_store, pack_images
from trainwell.preprocess import Standardize
from trainwell.training import KeyedBatches, RenderSettings

STANDARDIZE = Standardize(MEAN, STD)


class _Crop224:
    """A crop box of 224 pixels out of 256, mirrored or not."""

    def __call__(self, context: SamplingContext) -> ops.TransformParams:
        low = np.floor(context.uniform("crop", 2) * 33) / 256
        crop_boxes = np.concatenate([low, low + 224 / 256], axis=1)
        return ops.crop_only(ops.horizontal_flip(crop_boxes, context.mirrored()))


def _similarity(context: SamplingContext) -> ops.OpSequence:
    """Move by a tenth, scale by a fifth, turn by 20 degrees at most."""
    u = 2 * context.uniform("similarity", 4) - 1
    return ops.shift_scale_rotate(
        0.1 * u[:, 0], 0.1 * u[:, 1], 1 + 0.2 * u[:, 2], 20 * u[:, 3]
    )


def _turn_and_scale(context: SamplingContext) -> ops.OpSequence:
    """Scale by a fifth and turn by 20 degrees at most."""
    u = 2 * context.uniform("turn and scale", 2) - 1
    still = np.zeros(len(u))
    return ops.shift_scale_rotate(still, still, 1 + 0.2 * u[:, 0], 20 * u[:, 1])


def _policy(work: Workload) -> Policy:
    basic = PadCrop(32, 4, flip=True)
    policies: dict[str, Policy] = {
        "basic": Compose(basic, (Cutout(),)),
        "randaugment": Compose(basic, (RandAugment(2, 9), Cutout())),
        "float": basic,
        "photos": Compose(_Crop224(), (RandAugment(2, 9),)),
        "points": Compose(Plain(flip=True), (_similarity,)),
        "points_colour": Compose(Plain(flip=True), (_turn_and_scale, ColorJitter())),
        "jpeg": Compose(
            RandomResizedCrop(0.08, fit="stretch", flip=True), (ColorJitter(),)
        ),
    }
    return policies[work.name]


def candidates(work: Workload) -> list[Candidate]:
    if work.name == "jpeg":
        return [Candidate("trainwell", partial(_from_files, work))]
    drawn = work.name in ("randaugment", "photos")
    ways = ("nearest", "linear") if drawn else ("linear",)
    return [
        Candidate(f"trainwell, {options}", partial(_memory, work, options))
        for options in ways
    ]


def _memory(work: Workload, interpolation: str, threads: int) -> Batches:
    assert work.images is not None
    pack, policy = pack_images(list(work.images)), _policy(work)

    def one(i: int) -> torch.Tensor:
        chosen = rows(work, i)
        sides = pack.heights[chosen], pack.widths[chosen]
        params = policy(SamplingContext(0, i, chosen.astype(np.uint64), *sides))
        images = render(
            pack,
            chosen,
            params,
            size=work.size,
            standardize=STANDARDIZE,
            interpolation=interpolation,
            threads=threads,
        )
        if work.points is not None:
            points = work.points[chosen]
            seen = np.ones(points.shape[:2], bool)
            move_points(points, seen, params, *sides, size=work.size)
        return torch.from_numpy(images).permute(0, 3, 1, 2)

    return one


def _from_files(work: Workload, threads: int) -> Batches:
    dataset = load(work.files[0].parents[1]).train
    batches = KeyedBatches(
        dataset=dataset,
        store=open_store(dataset, memory_limit=0, threads=threads, short_side=336),
        policy=_policy(work),
        settings=RenderSettings(
            size=work.size,
            fit="stretch",
            border="mean",
            standardize=STANDARDIZE,
            device=torch.device("cpu"),
            memory_format="channels_last",
            interpolation="linear",
            threads=threads,
        ),
        batch_size=work.batch,
        seed=0,
    )
    return lambda i: (
        batches.batch(
            np.arange(i * work.batch, (i + 1) * work.batch) % len(dataset), epoch=i
        ).images
    )
