"""Files of the programme itself: soc2.yaml, policies, plugins. A pipe or a device in their place would hang the run."""

import errno
import os
import stat
from pathlib import Path

__all__ = ["read_regular"]

_MOST = 8 << 20
"""bytes; no file that a person writes is that long"""


def read_regular(path: Path | str) -> bytes:
    """The bytes of a regular file, which may be reached by a link.

    Raises `OSError` with the reason in `strerror`: it is a folder, something else that is no file, or too long.
    """
    _check(os.stat(path))  # before it is opened: to open a device may do something
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        info = os.fstat(descriptor)
        _check(info)  # what was opened may be something else by now
        data = _all_of(descriptor, info.st_size)
    finally:
        os.close(descriptor)
    if len(data) > _MOST:
        raise OSError(errno.EFBIG, f"is longer than {_MOST >> 20} MB")
    return data


def _all_of(descriptor: int, size: int) -> bytes:
    """What is in a file, as far as it may be read: a file object costs three times as much as most files."""
    data = os.read(descriptor, min(size, _MOST) + 1)
    while len(data) <= _MOST and (more := os.read(descriptor, _MOST + 1 - len(data))):
        data += more
    return data


def _check(info: os.stat_result) -> None:
    if stat.S_ISDIR(info.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(info.st_mode):
        raise OSError(errno.EINVAL, "is no regular file")
