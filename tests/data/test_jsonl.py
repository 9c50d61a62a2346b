import json

import numpy as np
import pytest
from PIL import Image

from trainwell.core.errors import DataError
from trainwell.data import load
from trainwell.data._jsonl import read_jsonl


def test_metadata_beside_images(tmp_path):
    rows = []
    for i in range(20):
        pixels = np.random.default_rng(i).integers(0, 256, (8, 8)).astype(np.uint8)
        Image.fromarray(pixels).save(tmp_path / f"{i}.png")
        rows.append(json.dumps({"file_name": f"{i}.png", "label": i % 2}))
    (tmp_path / "metadata.jsonl").write_text("\n".join(rows) + "\n")
    for source in (tmp_path, tmp_path / "metadata.jsonl"):
        splits = load(str(source))
        assert splits.classes == ("0", "1")
        assert sum(map(len, (splits.train, splits.val, splits.test))) == 20


def test_what_is_wrong_is_said(tmp_path):
    path = tmp_path / "t.jsonl"
    path.write_text('{"path": "1.png", "target": "a"}\n\n{"path": "2.png"}\n')
    (bad,) = read_jsonl(path).bad
    assert (bad.path, bad.reason) == (f"{path}, line 3", "`target` is missing")
    for text in ("[1]", "{", "[" * 100_000):
        path.write_text(text)
        with pytest.raises(DataError, match="line 1: this is no JSON object"):
            read_jsonl(path)
