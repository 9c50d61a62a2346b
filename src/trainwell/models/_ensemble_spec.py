"""The specification of several networks that answer as one."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from pydantic import TypeAdapter, ValidationError

from trainwell.core.errors import ModelError
from trainwell.models._ensemble import AVERAGES
from trainwell.models._types import ModelSpec

ENSEMBLE = "ensemble"
"""Name of the specification of several networks; see `ensemble_spec`."""


def ensemble_spec(
    members: Sequence[ModelSpec], average: str = "probabilities"
) -> ModelSpec:
    """Return what `build` makes an `Ensemble` of these from.

    Args:
        members: Specifications of its networks.
        average: What of them is averaged; see `Ensemble`.

    Raises:
        ModelError: If they differ in classes, channels or image size.

    Example:
        >>> from trainwell.models import ModelSpec, build, ensemble_spec
        >>> spec = ensemble_spec([ModelSpec("softmax", 3, 1, 8)] * 2)
        >>> type(build(spec)).__name__
        'Ensemble'
    """
    first = members[0]
    facts = (first.num_classes, first.in_channels, first.image_size)
    for other in members[1:]:
        if (other.num_classes, other.in_channels, other.image_size) != facts:
            raise ModelError(
                "members of an ensemble must agree in classes, channels and image size."
            )
    plain = as_json({"members": [asdict(member) for member in members]})
    if average != "probabilities":
        plain["average"] = average
    return ModelSpec(ENSEMBLE, *facts, arguments=plain)


def member_specs(spec: ModelSpec) -> list[ModelSpec]:
    """Return the specifications that `ensemble_spec` joined.

    Raises:
        ModelError: If it names none.

    Example:
        >>> from trainwell.models import ModelSpec, ensemble_spec, member_specs
        >>> spec = ensemble_spec([ModelSpec("softmax", 3, 1, 8)] * 2)
        >>> [member.name for member in member_specs(spec)]
        ['softmax', 'softmax']
    """
    try:
        found = TypeAdapter(list[ModelSpec]).validate_python(spec.arguments["members"])
    except (KeyError, ValidationError):
        raise ModelError("an ensemble must name its members.") from None
    if len(found) < 2 or any(member.name == ENSEMBLE for member in found):
        raise ModelError("an ensemble must have two members or more, none of them one.")
    return found


def averaged_by(spec: ModelSpec) -> str:
    """Return what the ensemble of a specification averages.

    Raises:
        ModelError: If it names something else.
    """
    found = spec.arguments.get("average", "probabilities")
    if found not in AVERAGES:
        raise ModelError(f"an ensemble averages one of {', '.join(AVERAGES)}.")
    return str(found)


def as_json(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments as they will be after a round trip through JSON."""
    try:
        plain: dict[str, Any] = json.loads(json.dumps(dict(arguments)))
    except TypeError as error:
        raise ModelError(f"`arguments` must hold JSON values only: {error}.") from error
    return plain
