"""What a task says of one image, and forms in which it says it."""

from typing import Any, Literal, Protocol

Table = tuple[list[str], list[list[str]]]
"""The heads of columns, and rows of cells."""

Linear = Literal["classes", "labels", "numbers"]
"""Kinds of linear models."""

Depths = Literal["all", "cells", "parts"]
"""What the head of a linear model reads."""


class Answer(Protocol):
    """What is said of one image, ready to be printed.

    Example:
        >>> import numpy as np
        >>> from trainwell.tasks import Classification
        >>> values = np.array([0.25, 0.75], np.float32)
        >>> answer = Classification(("cat", "dog")).prediction("a.png", values)
        >>> answer.name, answer.words(top=1)
        ('a.png', ['dog', '0.7500'])
    """

    @property
    def name(self) -> str:
        """The file of the image, or its number among others."""
        ...

    def words(self, top: int) -> list[str]:
        """Return the words of a line, without the name."""
        ...

    def tree(self) -> dict[str, Any]:
        """Return what JSON holds, without the name."""
        ...
