"""All claims by name, in the order of the lectures' subjects.

Each is a file of `claims`, and its name is the file's.
"""

from importlib import import_module
from types import ModuleType

from trainwell.core import checks
from trainwell.experiments._claim import Claim

SECTIONS: dict[str, tuple[str, ...]] = {
    "Activations": (
        "relu_speed",
        "positive_inputs",
        "dead_relu",
        "selu_without_norm",
        "swish_beats_relu",
        "prelu_lower_rate",
    ),
    "Starting": (
        "six_layers",
        "init_depth",
    ),
    "Normalisation": (
        "batch_norm_rates",
        "batch_norm_starts",
        "small_batches",
        "norm_position",
    ),
    "Depth": (
        "plain_depth",
        "residual_depth",
    ),
    "Regularisation": (
        "dropout_ensemble",
        "inverted_dropout",
        "dropout_where",
        "l1_l2",
        "cutout",
        "label_smoothing",
        "mixup",
    ),
    "Optimizers": (
        "valley",
        "adam_bias",
        "saddle",
        "noisy_gradients",
        "adam_constant_rate",
        "lbfgs_batches",
        "dropout_optimizers",
    ),
    "Learning rates": (
        "schedules_side_by_side",
        "warmup_high_rate",
        "batch_size_scaling",
        "cyclic_better",
    ),
    "Data": (
        "augmentation_policies",
        "whitening_conditions",
        "images_not_whitened",
        "step_functions",
    ),
    "Choosing": (
        "random_search",
        "five_models",
        "snapshots",
        "ten_crops",
        "transfer_by_images",
        "scratch_catches_up",
        "more_data",
        "architecture_matters",
    ),
    "Errata": (
        "keep_probability",
        "dropout_division",
        "batch_norm_identity",
        "gamma_gradient",
        "norm_squared",
        "adam_from_zero",
    ),
}
"""Names of the claims, by subject."""

CLAIMS = tuple(name for names in SECTIONS.values() for name in names)


def claim_module(name: str) -> ModuleType:
    """Return the file of a claim.

    Raises:
        ValueError: If there is no such claim.

    Example:
        >>> claim_module("valley").__doc__.splitlines()[0]
        'Momentum crosses a narrow valley in fewer steps than plain gradient descent.'
    """
    checks.one_of("name", name, CLAIMS)
    return import_module(f"trainwell.experiments.claims._{name}")


def find_claim(name: str) -> Claim:
    """Return a claim by its name.

    Raises:
        ValueError: If there is no such claim.

    Example:
        >>> find_claim("valley").source
        'deck 4'
    """
    claim: Claim = claim_module(name).CLAIM
    return claim
