"""Lightning: the transfer learning example of its documentation.

Adam 1e-3, flips. The whole network learns; with `--variant frozen` the head alone, as
in the example.
"""

from typing import Any

import torch
from torch import Tensor, nn

from benchmarks.first_run.peers._shared import (
    Clock,
    Task,
    answer,
    batch_size,
    image_folder,
    read_task,
    seconds_so_far,
)

task = read_task()

import pytorch_lightning as pl  # noqa: E402
import timm  # noqa: E402
from torchvision import transforms  # noqa: E402

from benchmarks.first_run.peers import _weights  # noqa: E402


class Classifier(pl.LightningModule):
    """A timm network with a new head."""

    def __init__(self, network: nn.Module, frozen: bool) -> None:
        super().__init__()
        self.network, self.frozen = network, frozen
        self.seen = self.right = self.tested = 0

    def training_step(self, batch: Any, index: int) -> Tensor:
        images, labels = batch
        self.seen += len(labels)
        return nn.functional.cross_entropy(self(images), labels)

    def forward(self, images: Tensor) -> Any:
        if not self.frozen:
            return self.network(images)
        self.network.eval()
        with torch.no_grad():
            features = self.network.forward_head(
                self.network.forward_features(images), pre_logits=True
            )
        return self.network.get_classifier()(features)

    def test_step(self, batch: Any, index: int) -> None:
        images, labels = batch
        self.right += int((self(images).argmax(1) == labels).sum())
        self.tested += len(labels)

    def configure_optimizers(self) -> torch.optim.Optimizer:
        return torch.optim.Adam(self.parameters(), lr=1e-3)


class UntilTime(pl.Callback):
    """Stops at the limit; the `max_time` of the Trainer stops with an epoch's end."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock

    def on_train_batch_end(self, trainer: pl.Trainer, *_: Any) -> None:
        trainer.should_stop = trainer.should_stop or self.clock.progress >= 1


def main(task: Task) -> None:
    pl.seed_everything(task.seed)
    clock = Clock(task.seconds)
    weights = {} if task.scratch else _weights.overlay()
    network = timm.create_model(
        _weights.NAME,
        pretrained=not task.scratch,
        num_classes=len(task.classes),
        **weights,
    )
    model = Classifier(network, frozen=task.variant == "frozen")
    trainer = pl.Trainer(
        accelerator="cpu",
        max_epochs=-1,
        min_epochs=0,
        logger=False,
        enable_checkpointing=False,
        enable_progress_bar=False,
        callbacks=[UntilTime(clock)],
    )
    trainer.fit(model, _loader(task, "train"))
    seconds = seconds_so_far()
    trainer.test(model, _loader(task, "test"), verbose=False)
    answer(model.right / model.tested, seconds, model.seen / task.num_train)


def _loader(task: Task, split: str) -> Any:
    training = split == "train"
    show = transforms.Compose(
        [
            transforms.Resize((task.size, task.size)),
            *([transforms.RandomHorizontalFlip()] if training else []),
            transforms.ToTensor(),
            transforms.Normalize([0.5] * 3, [0.5] * 3),
        ]
    )
    return torch.utils.data.DataLoader(
        image_folder(task, split, show),
        batch_size=batch_size(32, task.num_train),
        shuffle=training,
        drop_last=training,
        num_workers=2,
        persistent_workers=training,
    )


if __name__ == "__main__":
    main(task)
