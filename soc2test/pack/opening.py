"""A pack, folder or zip file, as a folder to look at."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from soc2test.pack.names import SUMS, PackError
from soc2test.pack.zipping import unzip_into

__all__ = ["opened"]


@contextmanager
def opened(place: Path) -> Iterator[Path]:
    """The folder of a pack; that of a zip file is gone at the end. Raises `PackError` where it is none."""
    if place.is_dir():
        if not (place / SUMS).is_file():
            raise PackError(f"{place} is no pack: it has no {SUMS}")
        yield place
        return
    if not place.is_file():
        raise PackError(f"there is no pack {place}")
    with TemporaryDirectory(prefix="soc2test-pack-") as folder:
        unzip_into(place, Path(folder))
        yield Path(folder)
