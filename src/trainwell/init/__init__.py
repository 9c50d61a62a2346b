"""Initialisers: rules for one weight, and procedures for a whole model.

A rule draws a weight in place; `every_weight` applies it to a network. Procedures take
the model, and those that look at data take a batch as well.
"""

from trainwell.init._data_dependent import data_dependent as data_dependent
from trainwell.init._dirac import dirac as dirac
from trainwell.init._fixup import fixup as fixup
from trainwell.init._fixup import fixup_layers as fixup_layers
from trainwell.init._kaiming_normal import kaiming_normal as kaiming_normal
from trainwell.init._kaiming_uniform import kaiming_uniform as kaiming_uniform
from trainwell.init._lecun_normal import lecun_normal as lecun_normal
from trainwell.init._lsuv import lsuv as lsuv
from trainwell.init._orthogonal import orthogonal as orthogonal
from trainwell.init._random_walk import random_walk as random_walk
from trainwell.init._random_walk import random_walk_gain as random_walk_gain
from trainwell.init._small_normal import small_normal as small_normal
from trainwell.init._walk import every_weight as every_weight
from trainwell.init._walk import weighted_layers as weighted_layers
from trainwell.init._xavier_normal import xavier_normal as xavier_normal
from trainwell.init._xavier_uniform import xavier_uniform as xavier_uniform
from trainwell.init._zero_gamma import zero_gamma as zero_gamma
