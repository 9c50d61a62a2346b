"""What was kept on disk may be damaged."""

from types import SimpleNamespace

import pytest

from trainwell.augment.engine import _cached


class Kernel:
    """Fails as often as it is told, as if by what it read."""

    def __init__(self, folder, errors):
        self.stats = SimpleNamespace(cache_path=str(folder))
        self.errors, self.calls = iter(errors), []

    def __call__(self, *numbers):
        self.calls.append(numbers)
        for error in self.errors:
            raise error


@pytest.fixture
def kept(tmp_path):
    for name in ("a.nbi", "a.1.nbc", "a.py"):
        (tmp_path / name).touch()
    return tmp_path


def test_damaged_kernels_are_removed_and_made_again(kept, monkeypatch):
    kernel = Kernel(kept, [EOFError("Ran out of input")])
    monkeypatch.setattr(_cached._pass, "run", kernel)
    _cached.run(1, 2)
    assert kernel.calls == [(1, 2), (1, 2)]
    assert [path.name for path in kept.iterdir()] == ["a.py"]


def test_what_fails_again_is_said(kept, monkeypatch):
    kernel = Kernel(kept, [EOFError("first"), TypeError("second")])
    monkeypatch.setattr(_cached._pass, "run", kernel)
    with pytest.raises(TypeError, match="second"):
        _cached.run(1)


def test_a_lack_of_memory_is_no_damage(kept, monkeypatch):
    monkeypatch.setattr(_cached._pass, "run", Kernel(kept, [MemoryError()]))
    with pytest.raises(MemoryError):
        _cached.run(1)
    assert len(list(kept.iterdir())) == 3
