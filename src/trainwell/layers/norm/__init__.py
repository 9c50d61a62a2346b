"""Normalisation: layers, and what to do with them before, after and around training."""

from trainwell.layers.norm._batch_instance_norm import (
    BatchInstanceNorm as BatchInstanceNorm,
)
from trainwell.layers.norm._batch_instance_norm import (
    batch_instance_norm as batch_instance_norm,
)
from trainwell.layers.norm._batch_norm import batch_norm as batch_norm
from trainwell.layers.norm._batch_norm import batch_norm_1d as batch_norm_1d
from trainwell.layers.norm._batch_renorm import BatchRenorm as BatchRenorm
from trainwell.layers.norm._batch_renorm import batch_renorm as batch_renorm
from trainwell.layers.norm._batch_renorm import corrections as corrections
from trainwell.layers.norm._biases import biases_before_norm as biases_before_norm
from trainwell.layers.norm._decorrelated_batch_norm import (
    DecorrelatedBatchNorm as DecorrelatedBatchNorm,
)
from trainwell.layers.norm._decorrelated_batch_norm import (
    decorrelated_batch_norm as decorrelated_batch_norm,
)
from trainwell.layers.norm._decorrelated_batch_norm import (
    group_covariance as group_covariance,
)
from trainwell.layers.norm._decorrelated_batch_norm import shrunk as shrunk
from trainwell.layers.norm._fold import fold_batch_norm as fold_batch_norm
from trainwell.layers.norm._freeze import freeze as freeze
from trainwell.layers.norm._freeze import is_frozen as is_frozen
from trainwell.layers.norm._freeze import unfreeze as unfreeze
from trainwell.layers.norm._group_norm import group_norm as group_norm
from trainwell.layers.norm._instance_norm import instance_norm as instance_norm
from trainwell.layers.norm._layer_norm import layer_norm as layer_norm
from trainwell.layers.norm._precise import precise_bn as precise_bn
from trainwell.layers.norm._swap import swap_norm as swap_norm
from trainwell.layers.norm._sync_batch_norm import SyncBatchNorm as SyncBatchNorm
from trainwell.layers.norm._sync_batch_norm import sync_batch_norm as sync_batch_norm
from trainwell.layers.norm._sync_batch_norm import sync_moments as sync_moments
from trainwell.layers.norm._weight_norm import remove_weight_norm as remove_weight_norm
from trainwell.layers.norm._weight_norm import weight_norm as weight_norm
from trainwell.layers.norm._whiten import inverse_root_eigen as inverse_root_eigen
from trainwell.layers.norm._whiten import inverse_root_newton as inverse_root_newton
