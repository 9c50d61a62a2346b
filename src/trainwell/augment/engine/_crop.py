"""The compiled pass: one sample's crop box, resampled, looked up, written once.

A crop box is resampled per axis with a triangle filter: bilinear when it enlarges,
widened to the scale when it reduces, so that nothing aliases (as Pillow's BILINEAR
resize does). An output pixel whose centre falls outside the image is mirrored into it
(`reflect`) or takes the fill pixel value. The result is rounded to the bits of the
image, so that training, prediction and an export that is fed such images see the same
values, and looked up in a table per channel.
"""

import math

import numpy as np

from trainwell.augment.engine._jit import kernel

_U = np.uint64


@kernel
def taps(low, high, length, size, reflect, first, count, weight):  # type: ignore[no-untyped-def]  # noqa: PLR0913
    """Fill, for each of `size` output pixels, its source pixels and their weights.

    `count` is 0 where the centre lies outside and is not reflected.
    """
    scale = abs(high - low) * length / size
    support = max(scale, 1.0)
    for i in range(size):
        centre = (low + (high - low) * (i + 0.5) / size) * length
        if reflect:
            last = length - 1.0
            index = centre - 0.5
            while last > 0.0 and (index < 0.0 or index > last):
                index = -index if index < 0.0 else 2.0 * last - index
            centre = index + 0.5 if last > 0.0 else 0.5
        elif centre < 0.0 or centre > length:
            count[i] = 0
            continue
        begin = max(0, int(math.floor(centre - support + 0.5 + 1e-6)))
        end = min(length, int(math.ceil(centre + support - 0.5 - 1e-6)) + 1)
        total = 0.0
        n = 0
        start = begin
        for k in range(begin, end):
            w = 1.0 - abs(k + 0.5 - centre) / support
            if w > 1e-6:
                if n == 0:
                    start = k
                weight[i, n] = w
                total += w
                n += 1
        first[i] = start
        count[i] = n
        for k in range(n):
            weight[i, k] /= total


@kernel
def resample(pixels, image, crop_box, canvas, reflect, fill, out):  # type: ignore[no-untyped-def]  # noqa: PLR0913, PLR0917
    """Write a crop box of an image to `out`, flat, rows x columns x channels values.

    Args:
        pixels: Flat pixel values.
        image: Offset of its first pixel, its rows, its columns.
        crop_box: x0, y0, x1, y1 in widths and heights of the image.
        canvas: Rows and columns of the output.
        reflect: Mirror what lies outside; else it has the pixel value of `fill`.
        fill: Per channel.
        out: Array that is written.
    """
    channels = len(fill)
    base, height, width = image
    rows, columns = canvas
    longer = max(rows, columns)
    first = np.empty((2, longer), np.int32)
    count = np.empty((2, longer), np.int32)
    x0, y0, x1, y1 = crop_box[0], crop_box[1], crop_box[2], crop_box[3]
    widest = max(abs(x1 - x0) * width / columns, abs(y1 - y0) * height / rows)
    weight = np.empty((2, longer, 2 * int(max(widest, 1.0)) + 4), np.float32)
    taps(x0, x1, width, columns, reflect, first[0], count[0], weight[0])
    taps(y0, y1, height, rows, reflect, first[1], count[1], weight[1])
    left, right = width, 0
    for x in range(columns):
        if count[0, x] > 0:
            left = min(left, first[0, x])
            right = max(right, first[0, x] + count[0, x])
    stride = width * channels
    column = np.empty(max(right - left, 0) * channels, np.float32)
    for y in range(rows):
        row = out[y * columns * channels : (y + 1) * columns * channels]
        if count[1, y] == 0:
            for i in range(len(row)):
                row[i] = fill[i % channels]
        else:
            start = base + first[1, y] * stride + left * channels
            _down(pixels, start, stride, weight[1, y, : count[1, y]], column)
            across = first[0, :columns]
            _across(column, left, across, count[0], weight[0], fill, row)


@kernel
def _down(pixels, start, stride, weight, total):  # type: ignore[no-untyped-def]
    """Fill `total` with the weighted sum of parts of successive rows."""
    length = len(total)
    a = pixels[start : start + length]
    if len(weight) == 2:
        v, w = weight[0], weight[1]
        b = pixels[start + stride : start + stride + length]
        for i in range(length):
            q = _U(i)
            total[q] = v * np.float32(a[q]) + w * np.float32(b[q])
        return
    w = weight[0]
    for i in range(length):
        total[_U(i)] = w * np.float32(a[_U(i)])
    for k in range(1, len(weight)):
        w = weight[k]
        a = pixels[start + k * stride : start + k * stride + length]
        for i in range(length):
            total[_U(i)] += w * np.float32(a[_U(i)])


@kernel
def _across(line, left, first, count, weight, fill, out):  # type: ignore[no-untyped-def]
    """Write one row of output from a row of sums that begins at column `left`."""
    channels = len(fill)
    for x in range(len(first)):
        q = _U(x * channels)
        if count[x] == 0:
            for c in range(channels):
                out[q + _U(c)] = fill[c]
        elif channels == 3:
            p = _U((first[x] - left) * 3)
            red = green = blue = np.float32(0.5)
            for k in range(count[x]):
                w = weight[x, k]
                red += w * line[p]
                green += w * line[p + _U(1)]
                blue += w * line[p + _U(2)]
                p += _U(3)
            out[q], out[q + _U(1)] = out.dtype.type(red), out.dtype.type(green)
            out[q + _U(2)] = out.dtype.type(blue)
        else:
            for c in range(channels):
                total = np.float32(0.5)
                for k in range(count[x]):
                    at = (first[x] - left + k) * channels + c
                    total += weight[x, k] * line[at]
                out[q + _U(c)] = out.dtype.type(total)
