"""The options of test-time augmentation, for all commands that predict."""

from typing import Annotated

import typer

from trainwell.cli._arguments import choices_of

_KINDS = ("none", "flip", "ten_crop", "five_scales")


Views = Annotated[
    str,
    typer.Option(
        "--views",
        help="Average over views of each image: flip, ten_crop, "
        "five_scales or a policy file.",
        autocompletion=choices_of(more=_KINDS),
    ),
]
RandomViews = Annotated[
    int | None,
    typer.Option(min=1, help="Views per image with a policy file. By default 8."),
]
Average = Annotated[str, typer.Option(help="What is averaged: probability or logits.")]
