"""Any damaged file of points is read or refused in one line."""

import json

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trainwell.core.errors import DataError
from trainwell.data import (
    read_asked_points,
    read_coco_keypoints,
    read_landmarks,
    read_pts,
)

quick = settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
WHOLE = {
    read_pts: b"version: 1\nn_points: 2\n{\n1.5 2\n3 4\n}\n",
    read_landmarks: b"file_name\tPoint_M0_X\tPoint_M0_Y\na.png\t1\t2\na.png\t3\t4\n",
    read_asked_points: b"file_name\tpoint_index_list\na.png\t[1, 2]\na.png\t[3, 4]\n",
    read_coco_keypoints: json.dumps(
        {
            "images": [{"id": 1, "file_name": "a.png"}],
            "categories": [{"id": 1, "name": "p", "keypoints": ["nose", "chin"]}],
            "annotations": [
                {"image_id": 1, "category_id": 1, "keypoints": [1, 2, 2, 3, 4, 1], "bbox": [0, 0, 3, 3]}
            ],
        }
    ).encode(),
}  # fmt: skip
BITS = (
    b"", b"\n", b"\r", b"\t", b",", b";", b'"', b"{", b"}", b"[", b"]", b"0", b"-", b".", b"nan",
    b"1e9", b"inf", b"\0", b"\xff", "é".encode(), b"x1", b"null", b"9" * 20, b"true", b": ", b"\\n",
)  # fmt: skip


def refusal(read, path):
    """The message of a refusal, else what was read."""
    try:
        return read(path)
    except DataError as error:
        return str(error)


def check(read, path):
    found = refusal(read, path)
    if isinstance(found, str):
        assert "\n" not in found
        return
    points = getattr(found, "points", found)
    if isinstance(points, np.ndarray):
        visible = getattr(found, "visible", np.ones(points.shape[:-1], bool))
        assert points.shape == (*visible.shape, 2)
        assert np.isfinite(points[visible]).all()
        assert np.isnan(points[~visible]).all()


@pytest.mark.parametrize("read", WHOLE, ids=lambda f: f.__name__)
@quick
@given(data=st.data())
def test_damaged_bytes(read, data, tmp_path):
    (tmp_path / "a.png").touch()
    content = bytearray(WHOLE[read])
    for _ in range(data.draw(st.integers(0, 3))):
        start = data.draw(st.integers(0, len(content)))
        stop = start + data.draw(st.integers(0, 4))
        content[start:stop] = data.draw(st.sampled_from(BITS))
    (tmp_path / "file").write_bytes(bytes(content))
    check(read, tmp_path / "file")


@pytest.mark.parametrize("read", WHOLE, ids=lambda f: f.__name__)
@quick
@given(content=st.binary(max_size=80))
def test_any_bytes(read, content, tmp_path):
    (tmp_path / "file").write_bytes(content)
    check(read, tmp_path / "file")


values = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 10**400) | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


@quick
@given(data=st.data())
def test_any_value_in_coco(data, tmp_path):
    (tmp_path / "a.png").touch()
    content = json.loads(WHOLE[read_coco_keypoints])
    inner = content[data.draw(st.sampled_from(sorted(content)))][0]
    key = data.draw(st.sampled_from(sorted(inner)))
    inner[key] = data.draw(values)
    (tmp_path / "file").write_text(json.dumps(content))
    check(read_coco_keypoints, tmp_path / "file")
