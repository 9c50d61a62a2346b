"""The public list of our own models: what a recipe may name."""

from collections.abc import Callable
from dataclasses import dataclass

from torch import nn

from trainwell.models._airbench import airbench
from trainwell.models._alexnet import alexnet
from trainwell.models._cifar_resnet import (
    cifar_resnet20,
    cifar_resnet32,
    cifar_resnet44,
    cifar_resnet56,
    cifar_resnet110,
    plain20,
    plain32,
    plain44,
    plain56,
    plain110,
)
from trainwell.models._efficientnet_lite import (
    efficientnet_lite0,
    efficientnet_lite1,
    efficientnet_lite2,
)
from trainwell.models._hog_linear import hog_linear
from trainwell.models._hog_mlp import hog_mlp
from trainwell.models._k_nearest import k_nearest
from trainwell.models._lenet import lenet
from trainwell.models._mlp import mlp
from trainwell.models._mobilenet import mobilenet_v2
from trainwell.models._pyramidnet import pyramidnet110, pyramidnet272
from trainwell.models._resnet import (
    resnet18,
    resnet34,
    resnet50,
    resnet101,
    resnet152,
    resnet200,
)
from trainwell.models._shake_shake import shake_shake26
from trainwell.models._softmax import softmax
from trainwell.models._two_layer import two_layer
from trainwell.models._vgg import vgg16, vgg19
from trainwell.models._wide_resnet import (
    wide_resnet16_4,
    wide_resnet28_2,
    wide_resnet28_10,
    wide_resnet40_2,
)
from trainwell.preprocess import Standardize

IMAGENET = Standardize((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))
_HALF = Standardize((0.5, 0.5, 0.5), (0.5, 0.5, 0.5))


@dataclass(frozen=True)
class Entry:
    """A factory, the image size it is usually used at, and the head's name if weights
    for ImageNet are published that fit it, with the statistics that they expect.
    """

    factory: Callable[..., nn.Module]
    image_size: int
    imagenet_head: str | None = None
    statistics: Standardize = IMAGENET


CATALOGUE = {
    "softmax": Entry(softmax, 28),
    "two_layer": Entry(two_layer, 28),
    "k_nearest": Entry(k_nearest, 28),
    "hog_linear": Entry(hog_linear, 32),
    "hog_mlp": Entry(hog_mlp, 32),
    "mlp": Entry(mlp, 28),
    "lenet": Entry(lenet, 28),
    "airbench": Entry(airbench, 32),
    "plain20": Entry(plain20, 32),
    "plain32": Entry(plain32, 32),
    "plain44": Entry(plain44, 32),
    "plain56": Entry(plain56, 32),
    "plain110": Entry(plain110, 32),
    "cifar_resnet20": Entry(cifar_resnet20, 32),
    "cifar_resnet32": Entry(cifar_resnet32, 32),
    "cifar_resnet44": Entry(cifar_resnet44, 32),
    "cifar_resnet56": Entry(cifar_resnet56, 32),
    "cifar_resnet110": Entry(cifar_resnet110, 32),
    "wide_resnet16_4": Entry(wide_resnet16_4, 32),
    "wide_resnet28_2": Entry(wide_resnet28_2, 32),
    "wide_resnet28_10": Entry(wide_resnet28_10, 32),
    "wide_resnet40_2": Entry(wide_resnet40_2, 32),
    "shake_shake26": Entry(shake_shake26, 32),
    "pyramidnet110": Entry(pyramidnet110, 32),
    "pyramidnet272": Entry(pyramidnet272, 32),
    "alexnet": Entry(alexnet, 224, "classifier.6"),
    "vgg16": Entry(vgg16, 224, "classifier.6"),
    "vgg19": Entry(vgg19, 224, "classifier.6"),
    "resnet18": Entry(resnet18, 224, "fc"),
    "resnet34": Entry(resnet34, 224, "fc"),
    "resnet50": Entry(resnet50, 224, "fc"),
    "resnet101": Entry(resnet101, 224, "fc"),
    "resnet152": Entry(resnet152, 224, "fc"),
    "resnet200": Entry(resnet200, 224, "fc"),
    "mobilenet_v2": Entry(mobilenet_v2, 224, "classifier.1"),
    "efficientnet_lite0": Entry(efficientnet_lite0, 224, "fc", _HALF),
    "efficientnet_lite1": Entry(efficientnet_lite1, 240, "fc", _HALF),
    "efficientnet_lite2": Entry(efficientnet_lite2, 260, "fc", _HALF),
}


def names() -> tuple[str, ...]:
    """Return the names of our own models, for `create` and for recipes.

    Example:
        >>> from trainwell.models import names
        >>> "resnet18" in names()
        True
    """
    return tuple(CATALOGUE)
