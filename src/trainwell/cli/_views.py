"""The options of test-time augmentation, for all commands that answer."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from trainwell.infer import TestTime

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


def test_time(views: str, draws: int | None, average: str) -> "TestTime":
    """Return what the options ask for.

    Raises:
        UserError: If an option cannot be used.
    """
    from trainwell.augment.policies import read_policy
    from trainwell.core.errors import UserError
    from trainwell.infer import TestTime

    try:
        if views.endswith((".yaml", ".yml")):
            policy = read_policy(views)
            count = 8 if draws is None else draws
            return TestTime(policy=policy, draws=count, average=average)  # type: ignore[arg-type]
        if draws is not None:
            raise ValueError("`--draws` needs a policy's .yaml file; leave it out.")
        if views == "none" and average != "probability":
            raise ValueError("`--average` needs `--views` beside it; leave it out.")
        return TestTime(views, average=average)  # type: ignore[arg-type]
    except (OSError, ValueError) as error:
        raise UserError(f"--views {views}: {error}") from error
