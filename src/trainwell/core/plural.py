"""The noun after a count."""


def plural(count: float, one: str, several: str | None = None) -> str:
    """Return the noun in singular or plural.

    Args:
        count: Number of things; the noun is singular for 1 alone.
        one: The singular.
        several: The plural; the singular with an s by default.

    Example:
        >>> from trainwell.core.plural import plural
        >>> plural(1, "image"), plural(0, "image"), plural(2, "class", "classes")
        ('image', 'images', 'classes')
    """
    return one if count == 1 else several or f"{one}s"
