"""What a run folder keeps of its images: 8 bytes of each, and thumbnails of some."""

import io

import numpy as np

from trainwell.core.errors import RunError
from trainwell.core.files import open_regular, write_atomically
from trainwell.data import SplitImages, Splits
from trainwell.runs.folder._folder import RunFolder

_NAMES = ("train", "val", "test", "thumbs")


def keep_split_images(folder: RunFolder, splits: Splits) -> None:
    """Write the content keys of every split."""
    images, buffer = SplitImages.of(splits), io.BytesIO()
    arrays = {name: getattr(images, name) for name in _NAMES}
    np.savez_compressed(buffer, allow_pickle=False, **arrays)
    write_atomically(folder.images, buffer.getvalue())


def read_split_images(folder: RunFolder) -> SplitImages:
    """Read what `keep_split_images` wrote; nothing is known without the file.

    Raises:
        RunError: If the file is damaged.
    """
    if not folder.images.exists():
        return SplitImages()
    try:
        with (
            open_regular(folder.images) as stream,
            np.load(stream, allow_pickle=False) as kept,
        ):
            keys = {name: kept[name].astype(np.uint64) for name in _NAMES[:3]}
            return SplitImages(**keys, thumbs=kept["thumbs"].reshape(-1, 72))
    except Exception as error:  # damaged archives raise anything
        raise RunError(
            f"{folder.images} cannot be read ({error}): the images that the run was "
            "trained on are not known. Train again, or remove the file."
        ) from None
