"""Op codes: numbers by which the engine knows an operation, and its magnitudes.

Warps map the canvas of the output to that of the input, both [0, 1] x [0, 1]. Where
there is one number per channel, further channels take the last.

Source: the engine of trainwell's design.
"""

NO_OP = 0
WARP = 1  # a b c d e f: (u, v) -> (a u + b v + c, d u + e v + f)
LENS = 2  # k1 k2 x y: about (x, y), u - x -> (u - x)(1 + k1 r^2 + k2 r^4)

SCALE = 10  # factor
CONTRAST = 11  # factor
AUTOCONTRAST = 12
EQUALIZE = 13
INVERT = 14
POSTERIZE = 15  # bits
SOLARIZE = 16  # threshold
SOLARIZE_ADD = 17  # summand, threshold
GAMMA = 18  # exponent
SCALE_AND_SHIFT = 19  # factor, then one summand per channel

SATURATION = 30  # factor
HUE = 31  # turns
COLOR_MATRIX = 32  # three rows of r g b 1

SHARPNESS = 40  # factor
BLUR = 41  # sigma, radius in pixels
NOISE = 42  # std of brightness, std of colour, key

ERASE = 50  # x0 y0 x1 y1 of the canvas, then a color per channel; -1: the border's

NUM_VALUES = 12
"""Magnitudes per operation."""

FIRST_TONE, LAST_TONE = SCALE, SCALE_AND_SHIFT
