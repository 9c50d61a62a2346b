import re

import numpy as np
import pytest

from trainwell.augment.ops._specs import OP_CODES
from trainwell.augment.policies import (
    ColorJitter,
    CTAugment,
    Cutout,
    Operations,
    Population,
    RandAugment,
    SubPolicies,
    TrivialAugment,
    albumentations_example,
    autoaugment,
    read_policy,
    write_policy,
)
from trainwell.augment.policies._population import NUM_ENTRIES

POLICIES = [
    ColorJitter(hue=0.1),
    Cutout(side=0.25),
    RandAugment(1, 12.5),
    TrivialAugment(wide=False),
    autoaugment(learned_on="svhn"),
    Population(((0.5,) * NUM_ENTRIES,), ((0.1,) * NUM_ENTRIES,), (3.0,)),
    Population(((0.5, 1.0),), ((0.1, 0.2),), (3.0,), ("gamma",)),
    SubPolicies(((("gaussian_noise", 0.5, 0.3), ("cutout", 0.2, 0.9)),)),
    Operations("vertical_flip"),
    albumentations_example(),
]


@pytest.mark.parametrize("policy", POLICIES, ids=lambda p: type(p).__name__)
def test_what_is_written_is_read_back(policy, tmp_path, context):
    path = tmp_path / "policy.yaml"
    path.write_text(write_policy(policy))
    again = read_policy(path)
    assert again == policy
    np.testing.assert_array_equal(
        again(context(50)).magnitudes, policy(context(50)).magnitudes
    )


def test_a_list_as_a_person_writes_it(tmp_path):
    path = tmp_path / "policy.yaml"
    path.write_text(
        "name: operations\n"
        "operations:\n"
        "  - vertical_flip\n"
        "  - {op: gaussian_blur, sigma: [0.1, 2], p: 0.3}\n"
        "  - {one_of: [gamma, hue], p: 0.2}\n"
    )
    assert read_policy(path) == Operations(
        [
            "vertical_flip",
            {"op": "gaussian_blur", "sigma": (0.1, 2), "p": 0.3},
            {"one_of": ["gamma", "hue"], "p": 0.2},
        ]
    )


def test_schedules_of_before_cutout_are_read(tmp_path):
    path = tmp_path / "policy.yaml"
    row = [0.0] * NUM_ENTRIES
    path.write_text(
        f"{{name: population, probabilities: [{row}], strengths: [{row}], epochs: [1]}}"
    )
    assert read_policy(path).operations[0] == "identity"


@pytest.mark.parametrize("learned_on", ["cifar10", "svhn", "imagenet"])
def test_autoaugment_is_torchvisions(learned_on, torchvision_autoaugment, context):
    kind = getattr(torchvision_autoaugment.AutoAugmentPolicy, learned_on.upper())
    theirs = torchvision_autoaugment.AutoAugment(kind).policies
    ours = autoaugment(learned_on=learned_on)
    names = {"Color": "saturation", "AutoContrast": "autocontrast"}
    assert [
        tuple(
            (
                names.get(n, re.sub(r"(?<=[a-z])([XY])", r"_\1", n).lower()),
                p,
                0 if level is None else level,
            )
            for n, p, level in chain
        )
        for chain in theirs
    ] == list(ours.sub_policies)
    assert ours.most == 9
    assert set(ours(context()).op_codes.ravel()) > {0, OP_CODES["equalize"]}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: [", "is not valid YAML"),
        ("- 1", "must hold `name:`"),
        ("name: twirl", "`name` must be one of"),
        ("name: randaugment\nmagnitud: 3", "Did you mean `magnitude`"),
        ("name: randaugment\nmagnitude: 99", "`magnitude` must be in"),
        ("name: cutout\nside: wide", "policy.yaml"),
        ("name: operations\noperations: [twirl]", "`twirl` is no operation"),
    ],
)
def test_messages(text, words, tmp_path):
    path = tmp_path / "policy.yaml"
    path.write_text(text)
    with pytest.raises(ValueError, match=words):
        read_policy(path)


def test_what_learns_while_training_is_no_file():
    with pytest.raises(ValueError, match="`policy` must be one of"):
        write_policy(CTAugment())


def test_the_policy_that_a_message_shows_is_one(tmp_path):
    path = tmp_path / "policy.yaml"
    path.write_text("[vertical_flip]")
    with pytest.raises(ValueError, match="must hold `name:`, one of") as told:
        read_policy(path)
    path.write_text(str(told.value).rsplit("such as ")[1].rstrip("."))
    assert read_policy(path) == Operations(("vertical_flip",))
