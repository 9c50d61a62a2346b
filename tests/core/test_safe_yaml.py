"""Small texts must not become large ones."""

import time
import tracemalloc

import pytest

from trainwell.core.safe_yaml import DEEPEST, LONGEST, read_yaml


def bomb(levels=9):
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    for i in range(1, levels):
        uses = ", ".join([f"*a{i - 1}"] * 9)
        lines.append(f"a{i}: &a{i} [{uses}]")
    return "\n".join(lines)


MERGES = "\n".join(
    ["a0: &a0 {x: 1}"]
    + [f"a{i}: &a{i} {{<<: [{', '.join([f'*a{i - 1}'] * 9)}]}}" for i in range(1, 9)]
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (bomb(), "stands for more than 200,000 values"),
        (MERGES, "stands for more than 200,000 values"),
        ("[" * (DEEPEST + 2) + "]" * (DEEPEST + 2), "more than 50 levels deep"),
        ("[" * 5000, "levels deep"),
        ("{a: " * 3000 + "1" + "}" * 3000, "levels deep"),
        ("&a [*a]", "levels deep"),
        ("x" * (LONGEST + 1), "more than 1,000,000 characters"),
        ("a: [", "not valid YAML"),
        ("a: 1\n---\nb: 2", "not valid YAML"),
        ("!!python/object/apply:os.system ['true']", "not valid YAML"),
        ("2026-99-99", "month must be"),
        ("9" * 5000, "Exceeds the limit"),
        ("? {a: 1}\n: 2", "not valid YAML"),
        ("a: \x00", "not valid YAML"),
        (b"\xff\xfe\xfa", "not valid YAML"),
    ],
)
def test_what_is_refused_costs_little(text, message):
    tracemalloc.start()
    start = time.perf_counter()
    try:
        with pytest.raises(ValueError, match=message) as error:
            read_yaml(text)
        assert tracemalloc.get_traced_memory()[1] < 30e6
    finally:
        tracemalloc.stop()
    assert time.perf_counter() - start < 5
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", None),
        ("3", 3),
        ("a: &x [1, 2]\nb: *x", {"a": [1, 2], "b": [1, 2]}),
        (
            "base: &b {lr: 1}\nmine: {<<: *b, wd: 2}",
            {"base": {"lr": 1}, "mine": {"lr": 1, "wd": 2}},
        ),
    ],
)
def test_what_is_read(text, expected):
    assert read_yaml(text) == expected
