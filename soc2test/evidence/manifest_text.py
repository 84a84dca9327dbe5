"""Write a manifest back: what it said of other files stays, and one file is one line, so that changes are seen."""

import json
import os
from collections.abc import Mapping
from itertools import takewhile
from pathlib import Path, PurePosixPath
from tempfile import NamedTemporaryFile
from typing import Any

import yaml

from soc2test.errors import EvidenceError
from soc2test.evidence.manifest import NAMES, parse_manifest
from soc2test.evidence.read_limits import ReadLimits
from soc2test.evidence.yaml_text import parse_yaml

__all__ = ["manifest_of", "read_manifest", "write_manifest"]

_LONGEST_KEY = 900
"""YAML takes a longer key (1024) on a line of its own only."""


def manifest_of(exports: Path) -> Path:
    """The manifest of the whole folder; the one to be made where there is none.

    Raises `EvidenceError` where there are two: what is written into one, the other may contradict.
    """
    there = [exports / name for name in NAMES if (exports / name).exists()]
    if len(there) > 1:
        raise EvidenceError(NAMES[0], f"lies beside {NAMES[1]}: keep one of them and take the other away")
    return there[0] if there else exports / NAMES[0]


def read_manifest(path: Path) -> dict[str, Any]:
    """Its keys as they stand there; {} where there is none. Raises `EvidenceError` as `parse_manifest` does."""
    if not path.exists():
        return {}
    data = path.read_bytes()
    parse_manifest(data, PurePosixPath(path.name))
    value: dict[str, Any] = parse_yaml(data, path.name, ReadLimits())[0]
    return value


def write_manifest(path: Path, value: Mapping[str, Any]) -> None:
    """Replace it at once; what stands above its files stays as people wrote it. One that says nothing is taken away."""
    if not value.get("files") and not value.keys() - {"files"}:
        path.unlink(missing_ok=True)  # an empty file is no manifest
        return
    files = value.get("files") or {}
    listed = "files:\n" + "".join(_entry(name, files[name]) for name in sorted(files)) if files else ""
    head = {key: each for key, each in value.items() if key != "files"}
    text = _above(path) + listed
    if not _says(text, value):  # written in another style than one key a line
        text = (yaml.safe_dump(head, allow_unicode=True, sort_keys=False) if head else "") + listed
    with NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, prefix=".manifest.", delete=False) as new:
        new.write(text)
        new.flush()
        os.fsync(new.fileno())
    Path(new.name).replace(path)


def _above(path: Path) -> str:
    lines = path.read_text("utf-8").splitlines(keepends=True) if path.exists() else []
    above = list(takewhile(lambda line: not line.startswith("files:"), lines))
    return "".join(above) + ("\n" if above and not above[-1].endswith("\n") else "")


def _says(text: str, value: Mapping[str, Any]) -> bool:
    try:
        return bool(parse_yaml(text.encode(), "manifest")[0] == {**value, "files": value.get("files") or {}})
    except EvidenceError:
        return False


def _entry(name: str, note: Any) -> str:
    key, said = json.dumps(name, ensure_ascii=False), json.dumps(note, ensure_ascii=False)
    return f"  {key}: {said}\n" if len(key) < _LONGEST_KEY else f"  ? {key}\n  : {said}\n"
