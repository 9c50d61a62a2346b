"""Policies: sample which operations act on an image, and how strongly.

A `Policy` is a function of a `SamplingContext` (keys and sizes of the samples) that
returns `TransformParams`: a crop and operations. A `Transform` returns only an
`OpSequence`; `Compose` appends transforms to a crop.
"""

from trainwell.augment.policies._color_jitter import ColorJitter as ColorJitter
from trainwell.augment.policies._compose import Compose as Compose
from trainwell.augment.policies._ctaugment import CTAugment as CTAugment
from trainwell.augment.policies._cutout import Cutout as Cutout
from trainwell.augment.policies._files import autoaugment as autoaugment
from trainwell.augment.policies._files import read_policy as read_policy
from trainwell.augment.policies._files import write_policy as write_policy
from trainwell.augment.policies._mixing import Mixing as Mixing
from trainwell.augment.policies._operations import Operations as Operations
from trainwell.augment.policies._pad_crop import PadCrop as PadCrop
from trainwell.augment.policies._plain import Plain as Plain
from trainwell.augment.policies._pool import POOL as POOL
from trainwell.augment.policies._population import NUM_ENTRIES as NUM_ENTRIES
from trainwell.augment.policies._population import Population as Population
from trainwell.augment.policies._presets import (
    albumentations_example as albumentations_example,
)
from trainwell.augment.policies._presets import alexnet as alexnet
from trainwell.augment.policies._randaugment import RandAugment as RandAugment
from trainwell.augment.policies._resized_crop import (
    RandomResizedCrop as RandomResizedCrop,
)
from trainwell.augment.policies._short_side import ShortSide as ShortSide
from trainwell.augment.policies._space import AUTOAUGMENT as AUTOAUGMENT
from trainwell.augment.policies._space import SEARCHED as SEARCHED
from trainwell.augment.policies._sub_policies import SubPolicies as SubPolicies
from trainwell.augment.policies._trivialaugment import TrivialAugment as TrivialAugment
from trainwell.augment.policies._types import Policy as Policy
from trainwell.augment.policies._types import SamplingContext as SamplingContext
from trainwell.augment.policies._types import Transform as Transform
