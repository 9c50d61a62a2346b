"""What a source leaves open and its user says: columns, folders, a pattern.

Source: none; types.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from trainwell.core.errors import DataError
from trainwell.data._class_targets import CLASSES
from trainwell.data._targets import TargetReader

FOR_FOLDERS = ("pattern",)
FOR_TABLES = (
    "image_column",
    "target_column",
    "group_column",
    "image_folder",
    "image_suffix",
)


@dataclass(frozen=True)
class Reading:
    """How a table or a folder is read; None is found out.

    Attributes:
        image_column: Column of paths, ids or encoded images.
        target_column: Column of classes, or of other targets; or several columns.
        group_column: Column of groups, none of which is cut apart.
        image_folder: Folder of the images of a table, relative to it.
        image_suffix: Ending of ids that have none, such as `.jpg`.
        pattern: Regular expression with the group `label`, and perhaps `group` and
            `split`, that is searched in the path of every file.
        classes: Classes that are used; others are left out.
        merge: Old classes by the name of the new one that they become.
        bits: 16 keeps all that 16-bit images hold.
        points_origin: Where coordinates of points count from: `corner` of an image, the
            `centre` of its first pixel, or `one` at that centre; None for what is usual
            of the kind of file.
        strict: Refuse what this source does not use, and names it does not have.
        stated: Names of fields for which that is so, whatever `strict` says.
        readers: The readers of targets that may be meant, the likeliest first.

    Example:
        >>> from trainwell.data import Reading
        >>> Reading(image_column="id", image_suffix=".jpg").given
        ('image_column', 'image_suffix')
    """

    image_column: str | None = None
    target_column: str | tuple[str, ...] | None = None
    group_column: str | None = None
    image_folder: str | None = None
    image_suffix: str | None = None
    pattern: str | None = None
    classes: tuple[str, ...] | None = None
    merge: Mapping[str, tuple[str, ...]] | None = None
    bits: int = 8
    points_origin: str | None = None
    strict: bool = True
    stated: tuple[str, ...] = ()
    readers: tuple[TargetReader, ...] = (CLASSES,)

    @property
    def given(self) -> tuple[str, ...]:
        """The names of what was said of some kind of source."""
        names = (*FOR_TABLES, *FOR_FOLDERS)
        return tuple(name for name in names if getattr(self, name) is not None)

    def relaxed(self, stated: tuple[str, ...] = ()) -> "Reading":
        """Return the same for another source, which has to fit `stated` alone."""
        return replace(self, strict=False, stated=stated)

    def binds(self, field: str) -> bool:
        """Tell whether a field has to fit the source."""
        return self.strict or field in self.stated

    def refuse(self, name: str, used: tuple[str, ...]) -> None:
        """Raise DataError for what a source of some kind does not use."""
        unused = (field for field in self.given if field not in used)
        idle = next(filter(self.binds, unused), None)
        if idle is None:
            return
        needs = "a folder of images" if idle == "pattern" else "a table"
        raise DataError(
            f"`data.{idle}` changes nothing: it is for {needs}, and {name} is none. "
            "Leave it out."
        )


AS_FOUND = Reading()
