"""Where a search may write."""

import pytest

from trainwell.core.errors import RunError
from trainwell.runs.augment_search._files import begin_search, search_folder


def test_nothing_is_overwritten(tmp_path):
    out = tmp_path / "policy.yaml"
    folder = search_folder(out, resume=False)
    assert folder.path == tmp_path / "policy.search"
    folder.path.mkdir()
    with pytest.raises(RunError, match="add `resume`"):
        search_folder(out, resume=False)
    assert search_folder(out, resume=True).path == folder.path
    out.write_text("mine")
    with pytest.raises(RunError, match="exists already"):
        search_folder(out, resume=True)
    with pytest.raises(RunError, match=r"must end in .yaml"):
        search_folder(tmp_path / "policy.txt", resume=False)
    with pytest.raises(RunError, match="its folder does not exist"):
        search_folder(tmp_path / "no" / "p.yaml", resume=False)


def test_it_goes_on_only_as_it_began(tmp_path, opened):
    folder = search_folder(tmp_path / "p.yaml", resume=False)
    folder.path.mkdir()
    origin = {"fingerprint": "a", "method": "m", "images": 80, "judges": 12}
    assert begin_search(folder, opened().recipe, origin) == 12
    assert begin_search(folder, opened().recipe, {**origin, "judges": 99}) == 12
    with pytest.raises(RunError, match="another set of training images"):
        begin_search(folder, opened().recipe, {**origin, "fingerprint": "b"})
