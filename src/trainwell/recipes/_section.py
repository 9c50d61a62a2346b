"""The bases of recipe sections: plain fields, and techniques by name."""

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, model_validator


class Section(BaseModel):
    """A group of fields. Unknown keys are errors."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        use_attribute_docstrings=True,
        allow_inf_nan=False,
    )
    _short: ClassVar[str] = ""
    _plain: ClassVar[tuple[type, ...]] = (str,)

    @model_validator(mode="before")
    @classmethod
    def _from_short(cls, value: Any) -> Any:  # noqa: ANN401
        """Read a plain value as the section's first field: `norm=group_norm`.

        `name` stands for that field, too, wherever a plain value was given first.
        """
        if not cls._short:
            return value
        named = isinstance(value, dict) and "name" in value and cls._short != "name"
        plain = value["name"] if named else value
        if not isinstance(plain, cls._plain):
            return cls._expanded(value) if isinstance(value, dict) else value
        rest = {k: v for k, v in value.items() if k != "name"} if named else {}
        return cls._expanded({cls._short: plain, **rest})

    @classmethod
    def _expanded(cls, fields: dict[str, Any]) -> dict[str, Any]:
        """Return the fields with other short forms written out."""
        return fields

    def filled(self, chosen: Mapping[str, Any]) -> Self:
        """Return the section with chosen values where it has none."""
        new = {k: v for k, v in chosen.items() if getattr(self, k, None) is None}
        return self.model_copy(update=new)


class Component(Section):
    """A technique by name; beside the name stand that technique's own arguments.

    Which names and arguments there are is known to `_vocabulary`, which reads them off
    the signatures. A plain text is short for the name: `norm=group_norm`.
    """

    model_config = ConfigDict(extra="allow")

    _short: ClassVar[str] = "name"
    name: str | None = None

    def arguments(self) -> dict[str, Any]:
        """Return what was given beside the fields that every technique has."""
        return dict(self.model_extra or {})
