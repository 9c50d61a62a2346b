"""Norms as functions of tensors."""

from torch.nn.functional import batch_norm as batch_norm
from torch.nn.functional import group_norm as group_norm
from torch.nn.functional import instance_norm as instance_norm
from torch.nn.functional import layer_norm as layer_norm

from trainwell.layers.norm._batch_instance_norm import (
    batch_instance_norm as batch_instance_norm,
)
from trainwell.layers.norm._batch_renorm import batch_renorm as batch_renorm
from trainwell.layers.norm._decorrelated_batch_norm import (
    decorrelated_batch_norm as decorrelated_batch_norm,
)
