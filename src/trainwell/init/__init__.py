"""Initialisation: rules that fill a weight, and procedures that start a whole model.

A trailing underscore means in place, as in torch.nn.init. A rule such as
`kaiming_normal_` fills one weight; `init_weights_` applies it to a model.
"""

from trainwell.init._data_dependent import data_dependent_ as data_dependent_
from trainwell.init._dirac import dirac_ as dirac_
from trainwell.init._fixup import fixup_ as fixup_
from trainwell.init._fixup import fixup_layers as fixup_layers
from trainwell.init._kaiming_normal import kaiming_normal_ as kaiming_normal_
from trainwell.init._kaiming_uniform import kaiming_uniform_ as kaiming_uniform_
from trainwell.init._lecun_normal import lecun_normal_ as lecun_normal_
from trainwell.init._lsuv import lsuv_ as lsuv_
from trainwell.init._orthogonal import orthogonal_ as orthogonal_
from trainwell.init._random_walk import random_walk_ as random_walk_
from trainwell.init._small_normal import small_normal_ as small_normal_
from trainwell.init._walk import init_weights_ as init_weights_
from trainwell.init._walk import weighted_layers as weighted_layers
from trainwell.init._xavier_normal import xavier_normal_ as xavier_normal_
from trainwell.init._xavier_uniform import xavier_uniform_ as xavier_uniform_
from trainwell.init._zero_gamma import zero_gamma_ as zero_gamma_
