"""The channels of a network that is made wider or narrower as a whole."""


def scaled_width(channels: int, width: float) -> int:
    """Multiply, rounded to a multiple of 8, but never down by more than a tenth."""
    scaled = max(8, int(channels * width + 4) // 8 * 8)
    return scaled + 8 if scaled < 0.9 * channels * width else scaled
