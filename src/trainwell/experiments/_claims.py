"""All claims by name, in the order of the lectures' subjects.

Each is a file of `claims`, and its name is the file's.
"""

from importlib import import_module
from types import ModuleType

from trainwell.core import checks
from trainwell.experiments._claim import Claim

SECTIONS: dict[str, tuple[str, ...]] = {
    "Activations": ("relu_speed", "positive_inputs"),
    "Regularisation": (
        "dropout_ensemble",
        "inverted_dropout",
        "dropout_where",
        "l1_l2",
        "cutout",
        "label_smoothing",
        "mixup",
    ),
    "Data": (
        "augmentation_policies",
        "whitening_conditions",
        "images_not_whitened",
        "step_functions",
    ),
    "Optimizers": ("valley", "adam_bias"),
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
