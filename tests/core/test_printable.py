"""Text that acts is written out; other text stays."""

import pytest

from trainwell.core.printable import as_cell, printable


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Straße 東京 🐈 é", "Straße 東京 🐈 é"),
        ("a\x1b[2Jb", r"a\x1b[2Jb"),
        ("a\x9b31mb", r"a\x9b31mb"),
        ("a\rb\x08\x07\x7f", r"a\rb\x08\x07\x7f"),
        ("a\u202egpj.exe", r"a\u202egpj.exe"),
        ("a\u2066b\u2069", r"a\u2066b\u2069"),
        ("a\udc80b", r"a\udc80b"),
        ("a\u2028b", r"a\u2028b"),
        ("a\nb\tc", "a\nb\tc"),
    ],
)
def test_text_for_a_terminal(text, expected):
    assert printable(text) == expected


@pytest.mark.parametrize("start", "=+-@\t\r\n")
def test_a_cell_is_no_formula(start):
    cell = as_cell(f"{start}cmd|' /C calc'!A0")
    assert cell.startswith("'")
    assert "\n" not in cell
    assert "\r" not in cell


def test_other_cells_stay():
    assert as_cell("photos/a=b.png") == "photos/a=b.png"
