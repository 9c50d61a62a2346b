"""A group of commands of which one may be left out."""

from typing import Any

from typer.core import TyperGroup


class DataFirst(TyperGroup):
    """`check PHOTOS` is `check data PHOTOS`, unless PHOTOS is the name of a command."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401
        """Put the left-out command in front."""
        own = {*self.commands, *self.get_help_option_names(ctx)}
        if args and args[0] not in own:
            args = ["data", *args]
        return super().parse_args(ctx, args)
