"""Normalisation: layers, and what to do with them before, during and after training.

Layers that are torch's are listed here too; `functional` holds functions of tensors.
"""

from torch.nn import BatchNorm1d as BatchNorm1d
from torch.nn import BatchNorm2d as BatchNorm2d
from torch.nn import GroupNorm as GroupNorm
from torch.nn import InstanceNorm2d as InstanceNorm2d
from torch.nn import LayerNorm as LayerNorm

from trainwell.layers.norm import functional as functional
from trainwell.layers.norm._batch_instance_norm import (
    BatchInstanceNorm2d as BatchInstanceNorm2d,
)
from trainwell.layers.norm._batch_renorm import BatchRenorm2d as BatchRenorm2d
from trainwell.layers.norm._biases import biases_before_norm as biases_before_norm
from trainwell.layers.norm._decorrelated_batch_norm import (
    DecorrelatedBatchNorm2d as DecorrelatedBatchNorm2d,
)
from trainwell.layers.norm._fold import fold_batch_norm as fold_batch_norm
from trainwell.layers.norm._freeze import freeze as freeze
from trainwell.layers.norm._freeze import keep_statistics as keep_statistics
from trainwell.layers.norm._freeze import unfreeze as unfreeze
from trainwell.layers.norm._precise import precise_bn as precise_bn
from trainwell.layers.norm._swap import swap_norm as swap_norm
from trainwell.layers.norm._sync_batch_norm import SyncBatchNorm as SyncBatchNorm
from trainwell.layers.norm._weight_norm import remove_weight_norm as remove_weight_norm
from trainwell.layers.norm._weight_norm import weight_norm as weight_norm
