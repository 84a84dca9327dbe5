"""A pack as one zip file, the same bytes for the same files; and back, with nothing that leads out of its folder."""

import stat
import zipfile
from pathlib import Path

from soc2test.pack.names import PackError

__all__ = ["unzip_into", "zip_folder"]

_MOST_FILES, _MOST_BYTES = 2_000_000, 64 << 30
_DATE = (1980, 1, 1, 0, 0, 0)
"""the first that a zip file can tell: when it was made is not what a pack is about"""
_CHUNK = 1 << 20


def zip_folder(folder: Path, target: Path) -> None:
    """Write all files below `folder` into `target`, which is not there yet. Raises `OSError`."""
    files = sorted((path.relative_to(folder).as_posix(), path) for path in folder.rglob("*") if path.is_file())
    with zipfile.ZipFile(target, "x", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, path in files:
            entry = zipfile.ZipInfo(name, _DATE)
            entry.compress_type = zipfile.ZIP_STORED if name.endswith(".zst") else zipfile.ZIP_DEFLATED
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            entry.create_system = 3  # Unix, wherever it is made
            with path.open("rb") as read, archive.open(entry, "w", force_zip64=True) as written:
                while chunk := read.read(_CHUNK):
                    written.write(chunk)


def unzip_into(file: Path, folder: Path) -> None:
    """Write the members of a zip file below `folder`. Raises `PackError` where one is none of a pack."""
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            _check(entries)
            for entry in entries:
                _write(archive, entry, folder / entry.filename)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, RuntimeError, zipfile.LargeZipFile) as error:
        raise PackError(f"{file.name} is no zip file that can be read: {error}") from None
    except OSError as error:
        raise PackError(f"{file.name} can't be unpacked: {error.strerror or error}") from None


def _check(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > _MOST_FILES or sum(entry.file_size for entry in entries) > _MOST_BYTES:
        raise PackError("holds more than a pack can")
    seen: set[str] = set()
    for entry in entries:
        name, mode = entry.filename, entry.external_attr >> 16
        parts = name.split("/")
        if name.startswith("/") or {"", ".", ".."} & set(parts) or "\\" in name or ":" in parts[0]:
            raise PackError(f"{name!r} would lead out of the pack's folder, or is no file")
        if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
            raise PackError(f"{name!r} is no regular file")
        if name in seen:
            raise PackError(f"{name!r} is there twice")
        seen.add(name)


def _write(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(entry) as read, target.open("xb") as written:
        left = entry.file_size
        while chunk := read.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                raise PackError(f"{entry.filename!r} holds more than it says")
            written.write(chunk)
