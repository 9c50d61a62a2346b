"""EuroSAT, satellite photographs of land use: a zip of one folder per class.

The archive is unpacked once, into the cache; only the images and the last folder of
their paths are taken out of it.

Source: Helber et al., "EuroSAT: A Novel Dataset and Deep Learning Benchmark for Land
Use and Land Cover Classification", 2019.
"""

import shutil
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path, PurePosixPath

from trainwell.core.errors import DataError
from trainwell.core.files import open_regular
from trainwell.data._folder import read_folder
from trainwell.data._limits import readable
from trainwell.data._listing import is_image_name
from trainwell.data._scan_cache import folder as cache_folder
from trainwell.data._source import Source

_ARCHIVES = ("EuroSAT.zip", "EuroSAT_RGB.zip")
_CLASS = "AnnualCrop"
_UNPACKED = 1 << 30  # bytes of an archive at most; the set has 90 MB


def has_eurosat(folder: Path) -> bool:
    """Tell whether the folder holds the archive or the class folders."""
    return (folder / _CLASS).is_dir() or _archive(folder) is not None


def read_eurosat(folder: Path) -> Source:
    """List the images, unpacking the archive first if need be."""
    if not (folder / _CLASS).is_dir():
        folder = _unpacked(folder)
    return replace(read_folder(folder), name="eurosat")


def _archive(folder: Path) -> Path | None:
    return next((folder / a for a in _ARCHIVES if (folder / a).is_file()), None)


def _unpacked(folder: Path) -> Path:
    archive = _archive(folder)
    assert archive is not None
    base = cache_folder() / "datasets" / "eurosat"
    target = base / "unpacked"
    if target.is_dir():
        return target
    base.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(dir=base, prefix="unpacking-"))
    try:
        _unpack(archive, part)
        part.rename(target)
    except (OSError, zipfile.BadZipFile) as error:
        raise DataError(f"cannot unpack {archive}: {error}") from None
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return target


def _unpack(archive: Path, folder: Path) -> None:
    """Write class/image files; the archive's other path parts are not used."""
    with open_regular(archive) as file, zipfile.ZipFile(file) as packed:
        total = sum(member.file_size for member in packed.infolist())
        if total > _UNPACKED:
            raise DataError(
                f"{archive} declares {readable(total)}, more than the limit of "
                f"{readable(_UNPACKED)}."
            )
        for member in packed.infolist():
            parent, name = ("", *PurePosixPath(member.filename).parts)[-2:]
            if not is_image_name(name) or parent in ("", ".."):
                continue
            (folder / parent).mkdir(exist_ok=True)
            with packed.open(member) as stream:
                (folder / parent / name).write_bytes(stream.read())
