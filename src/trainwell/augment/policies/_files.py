"""Policies in files: a name and the fields of its class, as YAML.

Use: to keep what a search found, and for AutoAugment as published for CIFAR-10, SVHN
and ImageNet, on data like these.
Side effects: a policy learned on other data may not fit: inverted digits, say.
Source: Cubuk et al., "AutoAugment", 2019, appendix A, for the published ones.
"""

from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, Literal

import yaml

from trainwell.augment.policies._color_jitter import ColorJitter
from trainwell.augment.policies._cutout import Cutout
from trainwell.augment.policies._operations import Operations
from trainwell.augment.policies._population import Population
from trainwell.augment.policies._randaugment import RandAugment
from trainwell.augment.policies._sub_policies import SubPolicies
from trainwell.augment.policies._trivialaugment import TrivialAugment
from trainwell.augment.policies._types import Transform
from trainwell.core import checks
from trainwell.core.files import read_regular
from trainwell.core.safe_yaml import read_yaml

KINDS: dict[str, type] = {
    "color_jitter": ColorJitter,
    "cutout": Cutout,
    "operations": Operations,
    "population": Population,
    "randaugment": RandAugment,
    "sub_policies": SubPolicies,
    "trivialaugment": TrivialAugment,
}
_LEARNED = Path(__file__).parent / "learned"


def write_policy(policy: Transform) -> str:
    """Return the policy as YAML that `read_policy` reads back equal.

    Raises:
        ValueError: If it is not one of the policies that a file can hold.

    Example:
        >>> from trainwell.augment.policies import Cutout, write_policy
        >>> write_policy(Cutout(side=0.25)).strip()
        '{name: cutout, side: 0.25, p: 1.0}'
    """
    names = {kind: name for name, kind in KINDS.items()}
    if type(policy) not in names:
        known = ", ".join(KINDS)
        raise ValueError(f"`policy` must be one of {known}, got {policy!r}.")
    tree = {"name": names[type(policy)], **_plain(asdict(policy))}  # type: ignore[call-overload]
    return yaml.safe_dump(tree, sort_keys=False, default_flow_style=None, width=100)


def read_policy(path: str | Path) -> Transform:
    """Return the policy that a file holds.

    Raises:
        ValueError: If it is not YAML, not a policy, or a pipe.
        OSError: If it cannot be read.

    Example:
        >>> import pathlib, tempfile
        >>> from trainwell.augment.policies import read_policy
        >>> path = pathlib.Path(tempfile.mkdtemp()) / "policy.yaml"
        >>> _ = path.write_text("{name: cutout, side: 0.25}")
        >>> read_policy(path)
        Cutout(side=0.25, p=1.0)
    """
    content = read_regular(Path(path))
    try:
        tree = read_yaml(content)
    except ValueError as error:
        raise ValueError(f"{path} {error}.") from error
    if not isinstance(tree, dict) or "name" not in tree:
        raise ValueError(
            f"{path} must hold `name:`, one of {', '.join(KINDS)}, and the fields of "
            "that policy, such as {name: operations, operations: [vertical_flip]}."
        )
    kind = tree.pop("name")
    checks.one_of("name", kind, tuple(KINDS))
    known = [f.name for f in fields(KINDS[kind])]
    for key in tree:
        if key not in known:
            raise ValueError(
                f"{path}: {kind} has no field `{key}`; it has {', '.join(known)}."
                f"{checks.did_you_mean(str(key), known)}"
            )
    try:
        policy: Transform = KINDS[kind](**{k: _tuples(v) for k, v in tree.items()})
    except (TypeError, ValueError) as error:
        raise ValueError(f"{path}: {error}") from error
    return policy


def autoaugment(
    *, learned_on: Literal["cifar10", "svhn", "imagenet"] = "imagenet"
) -> SubPolicies:
    """Return AutoAugment as published.

    Args:
        learned_on: The data that it was found on.

    Raises:
        ValueError: If it was not published for that.

    Example:
        >>> from trainwell.augment.policies import autoaugment
        >>> autoaugment(learned_on="cifar10").sub_policies[0]
        (('invert', 0.1, 0), ('contrast', 0.2, 6))
    """
    files = {p.stem.removeprefix("autoaugment_"): p for p in _LEARNED.glob("*.yaml")}
    checks.one_of("learned_on", learned_on, tuple(sorted(files)))
    policy = read_policy(files[learned_on])
    assert isinstance(policy, SubPolicies)
    return policy


def _plain(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    return [_plain(v) for v in value] if isinstance(value, list | tuple) else value


def _tuples(value: Any) -> Any:  # noqa: ANN401
    return tuple(_tuples(v) for v in value) if isinstance(value, list) else value
