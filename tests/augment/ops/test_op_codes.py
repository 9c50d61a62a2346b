"""Codes: distinct, and tones in one range, by which the engine knows them."""

from trainwell.augment.ops import _op_codes

LIMITS = {"NUM_VALUES", "FIRST_TONE", "LAST_TONE"}
CODES = {n: c for n, c in vars(_op_codes).items() if n.isupper() and n not in LIMITS}


def test_codes_are_distinct():
    assert len(set(CODES.values())) == len(CODES) >= 18


def test_tones_are_those_in_the_range():
    tones = {
        n for n, c in CODES.items() if _op_codes.FIRST_TONE <= c <= _op_codes.LAST_TONE
    }
    assert tones == {
        "SCALE", "CONTRAST", "AUTOCONTRAST", "EQUALIZE", "INVERT", "POSTERIZE",
        "SOLARIZE", "SOLARIZE_ADD", "GAMMA", "SCALE_AND_SHIFT",
    }  # fmt: skip
