"""Models: factories of networks, and `create` for any model by name."""

from trainwell.models._airbench import airbench as airbench
from trainwell.models._alexnet import alexnet as alexnet
from trainwell.models._cached import weights_file as weights_file
from trainwell.models._cached import with_published_weights as with_published_weights
from trainwell.models._catalogue import names as names
from trainwell.models._checkpoint import read_checkpoint as read_checkpoint
from trainwell.models._cifar_resnet import cifar_resnet20 as cifar_resnet20
from trainwell.models._cifar_resnet import cifar_resnet32 as cifar_resnet32
from trainwell.models._cifar_resnet import cifar_resnet44 as cifar_resnet44
from trainwell.models._cifar_resnet import cifar_resnet56 as cifar_resnet56
from trainwell.models._cifar_resnet import cifar_resnet110 as cifar_resnet110
from trainwell.models._cifar_resnet import plain20 as plain20
from trainwell.models._cifar_resnet import plain32 as plain32
from trainwell.models._cifar_resnet import plain44 as plain44
from trainwell.models._cifar_resnet import plain56 as plain56
from trainwell.models._cifar_resnet import plain110 as plain110
from trainwell.models._count import num_parameters as num_parameters
from trainwell.models._create import build as build
from trainwell.models._create import check_name as check_name
from trainwell.models._create import create as create
from trainwell.models._create import is_import as is_import
from trainwell.models._data_init import data_initialised as data_initialised
from trainwell.models._data_init import show_images as show_images
from trainwell.models._efficientnet_lite import (
    efficientnet_lite0 as efficientnet_lite0,
)
from trainwell.models._efficientnet_lite import (
    efficientnet_lite1 as efficientnet_lite1,
)
from trainwell.models._efficientnet_lite import (
    efficientnet_lite2 as efficientnet_lite2,
)
from trainwell.models._ensemble import Ensemble as Ensemble
from trainwell.models._ensemble_spec import ENSEMBLE as ENSEMBLE
from trainwell.models._ensemble_spec import ensemble_spec as ensemble_spec
from trainwell.models._ensemble_spec import member_specs as member_specs
from trainwell.models._heat_maps import HeatMaps as HeatMaps
from trainwell.models._hog_linear import hog_linear as hog_linear
from trainwell.models._hog_mlp import hog_mlp as hog_mlp
from trainwell.models._k_nearest import k_nearest as k_nearest
from trainwell.models._lenet import lenet as lenet
from trainwell.models._mlp import mlp as mlp
from trainwell.models._mobilenet import mobilenet_v2 as mobilenet_v2
from trainwell.models._modify_all_depths import AllDepths as AllDepths
from trainwell.models._modify_all_depths import read_all_depths as read_all_depths
from trainwell.models._modify_early import num_cells as num_cells
from trainwell.models._modify_early import read_early as read_early
from trainwell.models._modify_heat_maps import read_heatmap as read_heatmap
from trainwell.models._modify_heat_maps import (
    read_soft_argmax as read_soft_argmax,
)
from trainwell.models._pyramidnet import pyramidnet110 as pyramidnet110
from trainwell.models._pyramidnet import pyramidnet272 as pyramidnet272
from trainwell.models._resnet import resnet18 as resnet18
from trainwell.models._resnet import resnet34 as resnet34
from trainwell.models._resnet import resnet50 as resnet50
from trainwell.models._resnet import resnet101 as resnet101
from trainwell.models._resnet import resnet152 as resnet152
from trainwell.models._resnet import resnet200 as resnet200
from trainwell.models._second_look import SecondLook as SecondLook
from trainwell.models._second_look import Turn as Turn
from trainwell.models._second_look import placed as placed
from trainwell.models._second_look import sides_of as sides_of
from trainwell.models._second_look import similarity as similarity
from trainwell.models._second_look import turned as turned
from trainwell.models._shake_shake import shake_shake26 as shake_shake26
from trainwell.models._softmax import softmax as softmax
from trainwell.models._source_import import check_outputs as check_outputs
from trainwell.models._source_import import import_from as import_from
from trainwell.models._source_import import num_outputs as num_outputs
from trainwell.models._two_layer import two_layer as two_layer
from trainwell.models._types import Created as Created
from trainwell.models._types import ModelSpec as ModelSpec
from trainwell.models._types import Modification as Modification
from trainwell.models._types import example as example
from trainwell.models._vgg import vgg16 as vgg16
from trainwell.models._vgg import vgg19 as vgg19
from trainwell.models._wide_resnet import wide_resnet16_4 as wide_resnet16_4
from trainwell.models._wide_resnet import wide_resnet28_2 as wide_resnet28_2
from trainwell.models._wide_resnet import wide_resnet28_10 as wide_resnet28_10
from trainwell.models._wide_resnet import wide_resnet40_2 as wide_resnet40_2

__all__ = [
    "Created",
    "Ensemble",
    "ModelSpec",
    "Modification",
    "airbench",
    "alexnet",
    "build",
    "check_name",
    "cifar_resnet110",
    "cifar_resnet20",
    "cifar_resnet32",
    "cifar_resnet44",
    "cifar_resnet56",
    "create",
    "efficientnet_lite0",
    "efficientnet_lite1",
    "efficientnet_lite2",
    "hog_linear",
    "hog_mlp",
    "k_nearest",
    "lenet",
    "mlp",
    "mobilenet_v2",
    "names",
    "num_parameters",
    "plain110",
    "plain20",
    "plain32",
    "plain44",
    "plain56",
    "pyramidnet110",
    "pyramidnet272",
    "resnet101",
    "resnet152",
    "resnet18",
    "resnet200",
    "resnet34",
    "resnet50",
    "shake_shake26",
    "softmax",
    "two_layer",
    "vgg16",
    "vgg19",
    "wide_resnet16_4",
    "wide_resnet28_10",
    "wide_resnet28_2",
    "wide_resnet40_2",
]
