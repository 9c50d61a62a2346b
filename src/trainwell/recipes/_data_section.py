"""The section `data` of a recipe: what is read, how it is cut, and how it is shown."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from trainwell.recipes._image_size import LARGEST, SMALLEST, read_image_size
from trainwell.recipes._section import Section
from trainwell.recipes._sections import Count, Positive

Side = Annotated[int, Field(ge=SMALLEST, le=LARGEST)]


class Data(Section):
    """What is read, and how a whole image gets the shape that the network sees."""

    image_size: Annotated[
        Side | tuple[Side, Side] | None, BeforeValidator(read_image_size)
    ] = None
    """Side in pixels of the square that the network sees, or [height, width]."""
    fit: Literal["pad", "stretch", "crop"] | None = None
    """Pad keeps all and the aspect ratio, stretch keeps all, crop loses the ends."""
    bad_images: Literal["stop", "skip"] = "stop"
    """Stop at an unreadable image, or leave it out and list it in the report."""
    image_column: str | None = None
    """Column of a table with paths, ids or bytes of images; found by usual names."""
    target_column: str | tuple[str, ...] | None = None
    """Column of a table with classes or other targets, found by usual names; several,
    such as [x, y], for several numbers or labels."""
    points_origin: Literal["corner", "centre", "one"] | None = None
    """Where coordinates of points count from: the corner of the image, or the centre of
    its first pixel, which is 0, or one. Tables: corner; COCO: centre; .pts: one."""
    group_column: str | None = None
    """Column of a table with groups, such as patients, that no split cuts apart."""
    image_folder: str | None = None
    """Folder of the images that a table names, relative to the table."""
    image_suffix: str | None = None
    """Ending of images that a table names without one, such as .jpg."""
    pattern: str | None = None
    """Regular expression that finds the label in the path of every file of a folder:
    (?P<label>...), and perhaps (?P<group>...) and (?P<split>...)."""
    classes: tuple[str, ...] | None = None
    """Classes to use, such as [cat, dog]; others are left out."""
    merge: dict[str, list[str]] | None = None
    """New classes of old ones: {pets: [cat, dog]}."""
    split: Literal["content", "stratified"] = "content"
    """Content: adding images moves none of the old ones; stratified: the share of
    every class is exact to one image."""
    folds: Annotated[int, Field(ge=2, le=1000)] | None = None
    """Cut what is not for the test into so many parts; each is validated on once."""
    fold: Annotated[int, Field(ge=0)] | None = None
    """Train one of the folds only, counted from 0."""
    sampling: Literal["balanced"] | None = None
    """Balanced: every epoch shows each class equally often."""
    val_share: Annotated[float, Field(ge=0, lt=1)] = 0.1
    """Share cut off for validation where the source has no such split; 0 trains on all,
    and takes the last weights."""
    test_share: Annotated[float, Field(ge=0, lt=1)] = 0.2
    """Share cut off for the test where the source has no splits at all."""
    split_seed: int = 0
    """Seed of the split, and of the images that `per_class` keeps."""
    per_class: Count | None = None
    """Train on at most so many images of every class, to see what more would bring."""
    channels: Annotated[int, Field(ge=1, le=64)] | None = None
    """1 for grey, 3 for colour; others for the bands of files that have as many."""
    bits: Literal[8, 16] = 8
    """16 keeps all that 16-bit images hold; the augmentation then moves pixels only."""
    extra: str | None = None
    """A source of further training images, with the same class names: another folder,
    or images drawn for the purpose, such as synthetic:shapes."""
    memory_gb: Positive = 4.0
    """Decoded images are kept in memory up to this size, else decoded as needed."""
