"""Every block of Python in the README and on the pages runs."""

import re
import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from sklearn.datasets import load_digits

import trainwell
from trainwell.runs import Quiet, export

ROOT = Path(__file__).parents[2]
FAST = ["train.epochs=1", "train.threads=1", "train.precision=float32"]
BLOCK = re.compile(r"^```python\n(.*?)^```", re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder with what the pages speak of: photos, files, a finished run."""
    root = tmp_path_factory.mktemp("reader")
    digits = load_digits()
    for name, target in (("cat", 3), ("dog", 8)):
        for i, image in enumerate(digits.images[digits.target == target][:40]):
            for folder in ("photos", "more_photos", "new_photos"):
                path = root / folder / name / f"{i}.png"
                path.parent.mkdir(parents=True, exist_ok=True)
                colour = image[:, :, None] * [15, 11, 7]
                Image.fromarray(colour.astype(np.uint8)).save(path)
    for name, target in (("cat.jpg", "cat"), ("dog.png", "dog")):
        Image.open(root / "photos" / target / "0.png").save(root / name)
    run = trainwell.train(
        root / "photos", *FAST, out=root / "runs" / "photos-1", reporter=Quiet()
    )
    export(run.path, reporter=Quiet())
    yield root
    shutil.rmtree(root)


GUIDE = [*(ROOT / "docs").glob("*.md"), *(ROOT / "docs" / "techniques").glob("*.md")]
PAGES = ["README.md", *(str(p.relative_to(ROOT)) for p in sorted(GUIDE))]


@pytest.mark.parametrize(
    "page", [p for p in PAGES if BLOCK.search((ROOT / p).read_text())]
)
def test_the_blocks_of_a_page_run(page, place, monkeypatch, capsys):
    monkeypatch.chdir(place)
    names = {}
    for block in BLOCK.findall((ROOT / page).read_text()):
        short = re.sub(r'"train\.time=\w+"', ", ".join(map(repr, FAST)), block)
        exec(compile(short, page, "exec"), names)
    assert capsys.readouterr().out


def test_the_pages_name_only_keys_that_exist():
    from trainwell.recipes import keys

    known = set(keys()) | {key.partition(".")[0] for key in keys()}
    sections = "|".join(sorted({key.partition(".")[0] for key in keys() if "." in key}))
    for page in PAGES:
        text = (ROOT / page).read_text()
        named = re.findall(rf"(?<![\w./])((?:{sections})\.[a-z_]+)=", text)
        assert set(named) <= known, page
