"""The options of test-time augmentation, for all commands that answer."""

from typing import Annotated

import typer

_KINDS = ("none", "flip", "ten_crop", "five_scales")


def _complete(incomplete: str) -> list[str]:
    return [kind for kind in _KINDS if kind.startswith(incomplete)]


Views = Annotated[
    str,
    typer.Option(
        "--views",
        help="Average over views: flip, ten_crop, five_scales, or a policy's .yaml.",
        autocompletion=_complete,
    ),
]
Draws = Annotated[
    int | None,
    typer.Option(min=1, help="With a policy: samples per image, 8 by default."),
]
Average = Annotated[
    str, typer.Option(help="What is averaged over views: probability or logits.")
]
