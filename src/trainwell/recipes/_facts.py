"""What the chooser knows about the data and the device."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Measured before anything is chosen.

    Attributes:
        num_train: Training images.
        num_classes: Classes.
        channels: 1 for grey, 3 for colour.
        median_height: In pixels.
        median_width: In pixels.
        imbalance: Images of the largest class over those of the smallest.
        mirror: Whether a left-right flip keeps the class; None if unknown.
        accelerator: Whether there is a GPU.
        cores: Processor cores.
    """

    num_train: int
    num_classes: int
    channels: int
    median_height: int
    median_width: int
    imbalance: float
    mirror: bool | None
    accelerator: bool
    cores: int
