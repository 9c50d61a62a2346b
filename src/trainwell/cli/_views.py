"""The options of test-time augmentation, for all commands that answer."""

from typing import Annotated

import typer

from trainwell.cli._arguments import choices_of

_KINDS = ("none", "flip", "ten_crop", "five_scales")


Views = Annotated[
    str,
    typer.Option(
        "--views",
        help="Average over views: flip, ten_crop, five_scales, or a policy's .yaml.",
        autocompletion=choices_of(more=_KINDS),
    ),
]
Draws = Annotated[
    int | None,
    typer.Option(min=1, help="With a policy: samples per image, 8 by default."),
]
Average = Annotated[
    str, typer.Option(help="What is averaged over views: probability or logits.")
]
