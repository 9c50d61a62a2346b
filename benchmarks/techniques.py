"""Cost of each norm, noise layer and activation: training steps of one network.

    python -m benchmarks.techniques

The network is cifar_resnet20 (airbench for what needs a max pooling, plain20 for what
replaces layers and activations together); each candidate replaces one kind of layer and
is measured in turn with torch's own batch norm, no noise, or ReLU. Float32, channels
first, one thread.
"""

import torch
from torch import nn

from benchmarks._timing import compare
from trainwell import models
from trainwell.models import Modification
from trainwell.recipes import builders

BATCH, SIZE, ROUNDS = 32, 32, 9
REFERENCE = {"norm": "torch's batch norm", "noise": "no noise", "activation": "ReLU"}
NETWORK = {"norm": "cifar_resnet20", "noise": "cifar_resnet20", "activation": "plain20"}
POOLING = ("fractional_max_pool", "drop_connect")  # have their place in airbench only


def step(model: nn.Module) -> None:
    """Run forward, backward and an update on noise images."""
    images = torch.randn(BATCH, 3, SIZE, SIZE, generator=torch.manual_seed(0))
    targets = torch.arange(BATCH) % 10
    optimizer = torch.optim.SGD(model.parameters(), 1e-3)
    nn.functional.cross_entropy(model(images), targets).backward()
    optimizer.step()
    optimizer.zero_grad()


def network(name: str, *edits: Modification) -> nn.Module:
    torch.manual_seed(0)
    created = models.create(name, num_classes=10, image_size=SIZE, edits=edits)
    return created.model.train()


def main() -> None:
    torch.set_num_threads(1)
    print(f"{BATCH} images of {SIZE} px, median of {ROUNDS}, 1 thread")
    for kind, reference in REFERENCE.items():
        groups: dict[str, list[str]] = {}
        for name in builders(kind):
            home = "airbench" if name in POOLING else NETWORK[kind]
            groups.setdefault(home, []).append(name)
        for home, names in groups.items():
            nets = {reference: network(home)}
            nets |= {name: network(home, Modification(kind, name)) for name in names}
            works = {label: lambda net=net: step(net) for label, net in nets.items()}
            times = compare(works, ROUNDS)
            print(f"\n{kind} in {home} | ms/step | of {reference}\n---|---|---")
            for label, spent in times.items():
                print(f"{label} | {1e3 * spent:.1f} | {spent / times[reference]:.2f}")


if __name__ == "__main__":
    main()
