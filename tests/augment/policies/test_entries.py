import pytest

from trainwell.augment.policies._entries import Entry, Group, plain, read_entries


def test_defaults_are_written_out():
    assert read_entries("gamma") == (Entry("gamma", 0.5, {"exponent": (0.8, 1.25)}),)
    assert [plain(e) for e in read_entries(["flip", {"op": "hue", "turns": 0.1}])] == [
        {"op": "flip", "p": 0.5},
        {"op": "hue", "p": 0.5, "turns": 0.1},
    ]


def test_a_group():
    (group,) = read_entries({"one_of": ["flip", {"op": "transpose", "p": 1}], "p": 0.2})
    assert group == Group((Entry("flip", 0.5, {}), Entry("transpose", 1, {})), 0.2)
    assert read_entries([plain(group)]) == (group,)
    assert str(group) == "one of flip, transpose"


def test_other_names():
    assert read_entries("horizontal_flip") == read_entries("flip")
    assert read_entries("levels") == read_entries("scale_and_shift")


def test_what_is_left_out_stays_so():
    (entry,) = read_entries("gaussian_blur")
    assert "size" not in entry.given
    (entry,) = read_entries({"op": "shear_x", "about": "centre"})
    assert entry.given["about"] == "centre"
    assert read_entries([plain(entry)]) == (entry,)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ([], "must be a list of operations"),
        (None, "must be a list of operations"),
        ([3], "got 3 among them"),
        ([{"p": 1}], "among them"),
        (
            "gausian_blur",
            "`gausian_blur` is no operation. Did you mean `gaussian_blur`",
        ),
        (
            {"op": "hue", "turn": 1},
            "hue has no parameter `turn`; .* Did you mean `turns`",
        ),
        ({"op": "hue", "turns": 3}, r"`turns` of hue must be a number in \[-1, 1\]"),
        ({"op": "hue", "turns": True}, "must be a number"),
        ({"op": "hue", "turns": "far"}, "must be a number .* got 'far'"),
        ({"op": "hue", "turns": [0.1, 0.2, 0.3]}, r"or two such as \[low, high\]"),
        (
            {"op": "hue", "turns": [0.2, 0.1]},
            r"must be \[low, high\], got \[0.2, 0.1\]",
        ),
        ({"op": "hue", "turns": float("nan")}, "must be a number"),
        ({"op": "posterize", "bits": 4.5}, "must be a whole number in"),
        ({"op": "posterize", "bits": float("inf")}, "must be a whole number in"),
        ({"op": "gaussian_blur", "size": 4}, "must be an odd number in"),
        ({"op": "shear_x", "about": "top"}, "must be corner or centre, got 'top'"),
        ({"op": "hue", "p": 2}, r"`p` of hue must be a number in \[0, 1\]"),
        ({"one_of": "hue"}, "`one_of` must be a list"),
        ({"one_of": ["hue"], "q": 1}, "one_of has no field `q`"),
        ({"one_of": ["hue"], "p": -1}, "`p` of one_of must be"),
        ({"one_of": [{"op": "hue", "p": 0}]}, "or more must be positive"),
        ({"one_of": [{"one_of": ["hue"]}]}, "among them"),
    ],
)
def test_messages(given, words):
    with pytest.raises(ValueError, match=words) as caught:
        read_entries(given)
    assert "\n" not in str(caught.value)
