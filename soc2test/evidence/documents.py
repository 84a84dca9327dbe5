"""Documents that rows kept by hand name: whether each is there, and has the digest that the row says."""

import errno
import os
import stat
from hashlib import file_digest
from pathlib import Path, PurePosixPath

__all__ = ["Documents"]

_MOST = 512 << 20
"""bytes; no report or signed page that a person attaches is that long"""
_LEAST, _LOOKED_AT = 64, 4096
"""bytes that are not blank, and of how many from its beginning: a sentence with a name and a date is longer"""
_NOT_THERE, _ABSENT = "is not there", "put it there, or leave the document out of the row"
_NOT_HERE = ("exports", "policies", "plugins", "soc2-report")


class Documents:
    """The files of one programme that registers and statements name, each looked at once.

    `root` is the programme root: files lie below it, and are named relative to it.
    """

    def __init__(self, root: Path | None) -> None:
        self._root = root
        self._digests: dict[str, str] = {}

    def wrong(self, file: str, sha256: str, *, absent: str = _ABSENT) -> str | None:
        """What is wrong with a document; None where it is there, has content, and has that digest.

        `absent` is what to do about one that is not there.
        """
        digest = self._digest(file)
        if digest == sha256:
            return None
        if digest == _NOT_THERE:
            return f"{file} {_NOT_THERE}: {absent}"
        return digest if " " in digest else f"{file} has another digest than the one that stands beside its name"

    def looked_at(self) -> dict[str, str]:
        """The SHA-256 of each file that was named and is there, by its name."""
        return {file: digest for file, digest in sorted(self._digests.items()) if " " not in digest}

    def _digest(self, file: str) -> str:
        """The digest in hex; a sentence where there is none."""
        if file not in self._digests:
            self._digests[file] = self._read(file)
        return self._digests[file]

    def _read(self, file: str) -> str:
        path = PurePosixPath(file)
        if self._root is None:
            return f"{file} can't be looked for: there is no programme"
        if path.is_absolute() or ".." in path.parts or not file.strip() or "\0" in file:
            return f"{file!r} is no path below the folder of soc2.yaml"
        if len(path.parts) == 1 or path.parts[0] in _NOT_HERE:
            return f"{file} is part of the programme: documents lie in a folder of their own, such as documents/"
        root = self._root.resolve()
        try:
            place = (root / path).resolve(strict=True)
        except (OSError, RuntimeError):  # a loop of links is a RuntimeError before Python 3.13
            return _NOT_THERE
        if not place.is_relative_to(root):
            return f"{file} leads out of the folder of soc2.yaml"
        try:
            return _sha256(place)
        except OSError as error:
            return f"{file} can't be read: {error.strerror}"


def _sha256(place: Path) -> str:
    descriptor = os.open(place, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with open(descriptor, "rb") as opened:
        info = os.fstat(descriptor)
        if not stat.S_ISREG(info.st_mode):
            raise OSError(errno.EINVAL, "it is no regular file")
        if not 0 < info.st_size <= _MOST:
            raise OSError(errno.EFBIG, f"it is empty, or longer than {_MOST >> 20} MB")
        if len(b"".join(opened.read(_LOOKED_AT).split())) < _LEAST:
            raise OSError(errno.EINVAL, "it holds next to nothing")
        opened.seek(0)
        return file_digest(opened, "sha256").hexdigest()
