"""Presets: named starting points. What they leave open is chosen from the data."""

from collections.abc import Callable
from typing import Any


def auto() -> dict[str, Any]:
    """Choose everything from the data and the device."""
    return {}


def airbench() -> dict[str, Any]:
    """The quick network with Muon, for data of any size."""
    return {"model": {"name": "airbench"}, "optimizer": {"name": "muon"}}


def resnet() -> dict[str, Any]:
    """ResNet-18 with Nesterov momentum and a cosine: the textbook's recipe."""
    return {
        "model": {"name": "resnet18"},
        "optimizer": {"name": "nesterov"},
        "schedule": {"name": "cosine"},
    }


def finetune() -> dict[str, Any]:
    """MobileNetV2 from timm's published weights, all layers, at a tenth of the rate."""
    return {
        "model": {"name": "timm:mobilenetv2_100", "pretrained": True},
        "optimizer": {"name": "adamw"},
        "schedule": {"name": "cosine"},
    }


PRESETS: dict[str, Callable[[], dict[str, Any]]] = {
    f.__name__: f for f in (auto, airbench, resnet, finetune)
}
