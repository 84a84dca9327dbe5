"""The programme's own files, of which each snapshot holds a copy, beside the documents that rows name."""

import os
from pathlib import Path

from soc2test.evidence.files import printable
from soc2test.store.listing import PROGRAMME

__all__ = ["is_document", "own_files"]

_FOLDERS = ("policies", "plugins")
_FILES = (
    "soc2.yaml",
    "exemptions.yaml",
    "waivers.yaml",
    "statements.yaml",
    "controls.yaml",
    "revisions.yaml",
    "subservice.yaml",
)
_LEFT_OUT = ("__pycache__", ".pytest_cache")


def own_files(root: Path, file: Path) -> dict[Path, str]:
    """Path of each -> its name in a snapshot; `file` is soc2.yaml, whatever it is called."""
    found = {root / name: name for name in _FILES if (root / name).is_file()}
    found.pop(root / "soc2.yaml", None)
    found[file] = "soc2.yaml"
    for folder in _FOLDERS:
        for above, names, files in os.walk(root / folder):
            names[:] = [name for name in names if name not in _LEFT_OUT]
            places = (Path(above) / name for name in files)
            found |= {path: printable(path.relative_to(root).as_posix()) for path in places if path.is_file()}
    return found


def is_document(path: str) -> bool:
    """Whether a file of a snapshot is a document that rows name, and neither an export nor the programme's own."""
    top, _, below = path.partition("/")
    return top == PROGRAMME and below not in _FILES and below.partition("/")[0] not in _FOLDERS
