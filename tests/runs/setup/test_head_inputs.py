"""What a head reads: the same numbers as in the network itself."""

import pytest
import torch

from trainwell.models import Modification, create
from trainwell.runs.setup._head_inputs import HeadInputs
from trainwell.transfer import LinearHead

BLOCKS = {"blocks": ["layer2", "layer4"]}


def network(edits=()):
    torch.manual_seed(0)
    options = {"num_classes": 3, "image_size": 32, "edits": edits}
    return create("resnet18", **options).model.eval()


@pytest.mark.parametrize(
    "edits", [(), (Modification("head", "all_depths", BLOCKS),)], ids=["last", "all"]
)
@pytest.mark.parametrize("quick", [False, True])
def test_its_solution_answers_in_the_network(edits, quick):
    model = network(edits)
    state = {k: v.clone() for k, v in model.state_dict().items()}
    reads = HeadInputs(model, quick=quick)
    images = torch.randn(4, 3, 32, 32)
    numbers = reads(images)
    assert all(torch.equal(state[k], v) for k, v in model.state_dict().items())
    generator = torch.Generator().manual_seed(1)
    weight = torch.randn(3, numbers.shape[1], generator=generator) / 10
    mean, std = numbers.mean(0), numbers.std(0) + 1
    solved = LinearHead(mean, std, weight, torch.arange(3.0))
    reads.put(solved)
    with torch.no_grad():
        found = model(images)
    near = 0.15 if quick else 1e-4
    torch.testing.assert_close(found, solved.logits(numbers), atol=near, rtol=near)
