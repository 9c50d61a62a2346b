"""Names as text that does nothing: a file may be called what a terminal obeys."""

import unicodedata

_KEPT = "\n\t"
_ACTING = ("Cc", "Cs", "Co", "Zl", "Zp")
_TURNING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def printable(text: str, kept: str = _KEPT) -> str:
    """Return text with control characters written out, as `\\x1b` for escape.

    Those are the ones that move the cursor, change colours or the direction of the
    text, and what is no Unicode.

    Args:
        text: May hold names of files and classes.
        kept: Control characters that stay.

    Example:
        >>> from trainwell.core.printable import printable
        >>> printable("a\\x1b[31mb")
        'a\\\\x1b[31mb'
    """
    return "".join(
        c.encode("unicode_escape").decode() if _acts(c) and c not in kept else c
        for c in text
    )


def as_cell(text: str) -> str:
    """Return text that a spreadsheet shows instead of computing it.

    Example:
        >>> from trainwell.core.printable import as_cell
        >>> as_cell("=1+1.png"), as_cell("cat.png")
        ("'=1+1.png", 'cat.png')
    """
    shown = printable(text, kept="")
    return f"'{shown}" if text.startswith(_FORMULA) else shown


def _acts(character: str) -> bool:
    return (
        unicodedata.category(character) in _ACTING
        or unicodedata.bidirectional(character) in _TURNING
    )
