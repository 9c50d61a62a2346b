"""Penalties: functions of the weights that are added to the loss, times a lambda."""

from trainwell.losses.penalties._elastic_net import elastic_net as elastic_net
from trainwell.losses.penalties._l1 import l1 as l1
from trainwell.losses.penalties._l2 import l2 as l2
from trainwell.losses.penalties._soft_threshold import (
    soft_threshold_ as soft_threshold_,
)
from trainwell.losses.penalties._weight_elimination import (
    weight_elimination as weight_elimination,
)
