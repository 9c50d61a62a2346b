"""All claims by name, in the order of the lectures' subjects.

Each is a file of `claims`, and its name is the file's.
"""

from importlib import import_module
from types import ModuleType

from trainwell.core import checks
from trainwell.experiments._claim import Claim

SECTIONS: dict[str, tuple[str, ...]] = {
    "Activations": ("relu_speed", "positive_inputs"),
    "Optimizers": ("valley", "adam_bias"),
    "Errata": ("batch_norm_identity",),
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
