"""A curve in the terminal, and as a picture."""

from trainwell.cli._show_schedule import plot, save


def test_a_falling_line_by_hand():
    rows = plot(lambda progress: 1 - progress).splitlines()
    assert len(rows) == 14
    assert rows[0].split()[0] == "1"
    filled = [row.count("█") for row in rows[:12]]
    assert filled == sorted(filled)
    assert filled[-1] > 5 * max(filled[0], 1)


def test_a_picture(tmp_path):
    path = tmp_path / "curve.svg"
    save({"line": lambda progress: progress}, path)
    assert "factor" in path.read_text() or path.stat().st_size > 1000
