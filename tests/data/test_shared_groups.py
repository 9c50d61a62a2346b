"""Groups in several splits: by hand, and from a table that says both."""

import numpy as np
import pytest
from PIL import Image

from trainwell.data import load, shared_groups
from trainwell.diagnose import audit_findings


def test_by_hand():
    groups = {
        "train": ["ann", "bob", "cid", "bob", ""],
        "val": ["bob", "dan", ""],
        "test": ["dan", "bob", "bob", "eve"],
    }
    found = shared_groups(groups)
    assert (found.count, found.of) == (2, 5)
    assert found.images == 1 + 3  # bob in val; dan, bob and bob in test
    assert found.first == (("bob", ("train", "val", "test")), ("dan", ("val", "test")))


def test_none_is_shared_or_known():
    apart = shared_groups({"train": ["ann"], "test": ["bob"]})
    assert (apart.count, apart.of, apart.images, apart.first) == (0, 2, 0, ())
    assert shared_groups({"train": [], "test": []}) is None


@pytest.fixture
def table(tmp_path):
    """Write a table of 40 images of people; return the function that writes it."""

    def write(person_of):
        generator, rows = np.random.default_rng(0), ["path,label,split,person"]
        for i in range(40):
            pixels = generator.integers(0, 256, (16, 16), np.uint8)
            Image.fromarray(pixels).save(tmp_path / f"{i}.png")
            split = "test" if i >= 30 else "train"
            rows.append(f"{i}.png,{'ab'[i % 2]},{split},{person_of(i)}")
        (tmp_path / "t.csv").write_text("\n".join(rows))
        return load(tmp_path / "t.csv")

    return write


def test_a_table_that_says_both(table):
    splits = table(lambda i: f"p{i % 32}" if i < 32 else f"p{i - 32}")
    groups = splits.audit.groups
    assert (groups.count, groups.of, groups.images) == (8, 32, 8)
    assert dict(groups.first)["p0"][-1] == "test"
    said = [w for w in splits.audit.warnings if "in several splits" in w]
    assert said == [
        "8 groups of images in several splits, with 8 images of the later ones; scores "
        f"on them are inflated. First: {groups.first[0][0]!r} in "
        f"{' and '.join(groups.first[0][1])}."
    ]
    names = [finding.name for finding in audit_findings(splits)]
    assert "groups in two splits" in names


def test_people_apart(table):
    splits = table(lambda i: f"p{i // 2}")
    assert splits.audit.groups.count == 0
    assert not [w for w in splits.audit.warnings if "in several splits" in w]
    found = {f.name: f.level for f in audit_findings(splits)}
    assert found["groups"] == "pass"
