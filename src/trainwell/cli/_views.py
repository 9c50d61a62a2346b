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
Draws = Annotated[int, typer.Option(min=1, help="With a policy: draws per image.")]
Average = Annotated[
    str, typer.Option(help="What is averaged over views: probability or logits.")
]


def test_time(views: str, draws: int, average: str) -> "TestTime":
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
            return TestTime(policy=policy, draws=draws, average=average)  # type: ignore[arg-type]
        return TestTime(views, average=average)  # type: ignore[arg-type]
    except (OSError, ValueError) as error:
        raise UserError(f"--views {views}: {error}") from error
