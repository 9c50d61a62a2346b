"""The sections on the network and on what it starts from."""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from trainwell import models
from trainwell.recipes._section import Section
from trainwell.recipes._sections import Positive

_STARTS: dict[str, bool | None] = {"auto": None, "none": False}


class Model(Section):
    """The network."""

    _short: ClassVar[str] = "name"

    name: str | None = None
    """A name from `trainwell show models`, `timm:NAME`, `torchvision:NAME`, `hf:NAME`,
    or `package.module:Class`."""
    pretrained: bool | str | None = None
    """auto: published weights for photographs, if they are here; none: random ones;
    true: the published ones of this network; or the name of a network that has some, a
    .safetensors or .pth file, or a finished run, whose classes are matched by name."""
    head: Literal["linear", "soft_argmax", "heatmap"] | None = None
    """For points: a linear map; or a heat map per point, answered by its mean place and
    trained on points, or by its peak and trained on maps. The default is linear."""
    arguments: dict[str, Any] | None = None
    """Passed to the network's constructor."""

    @classmethod
    def _expanded(cls, fields: dict[str, Any]) -> dict[str, Any]:
        """Return `auto` as what is open, `none` as no, and a name as that network's."""
        start = fields.get("pretrained")
        if not isinstance(start, str):
            return fields
        if start in _STARTS:
            return {**fields, "pretrained": _STARTS[start]}
        if start in models.with_published_weights() and fields.get("name") in (
            None,
            start,
        ):
            return {**fields, "name": start, "pretrained": True}
        return fields


class Transfer(Section):
    """What to keep of pretrained weights."""

    _short: ClassVar[str] = "plan"

    plan: Literal["auto"] | None = None
    """Auto: depths=all and solve=true, then all layers learn in the time that is left;
    the default for photographs that start from published weights."""
    depths: Literal["all", "cells", "parts"] | None = None
    """All: the head reads every block instead of the last one; cells: it reads cells of
    the image at four depths, for points; parts: it reads every block in nine
    overlapping parts of the image, for labels that any one of them may show."""
    looks: Literal[1, 2] | None = None
    """2, with points and solve: turn the image so that the points seen first lie where
    they usually do, and look again; the default where there is time."""
    solve: bool | None = None
    """Compute the features of the training images once and solve for the head, instead
    of starting it at random; norms then keep their statistics."""
    cut: Annotated[float, Field(gt=0, lt=1)] | None = None
    """Share of the blocks below the head that stay at all; a new head reads the last
    of them, in cells."""
    freeze: Annotated[float, Field(ge=0, le=1)] | None = None
    """Share of the blocks below the head that keep their weights and statistics; with
    1 only the head learns."""
    rate: Annotated[float, Field(gt=0, le=1)] | None = None
    """Factor on the learning rate of every layer below the head; usually 0.1."""
    unfreeze_every: Positive | None = None
    """Epochs until one more block learns, from the head downwards."""
