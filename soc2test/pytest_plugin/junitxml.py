"""A last look at the file that pytest's own --junitxml wrote."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from soc2test.reports.last_scan import scanned
from soc2test.reports.veil import Veil

__all__ = ["scan_junitxml"]

_OURS = ("classname", "file", "name", "type")
"""attributes that hold names of tests and files: words of the company, no texts"""


def scan_junitxml(config: pytest.Config, veil: Veil) -> list[str]:
    """Take out what no report showed, such as properties of the suite; the kinds of secrets found, in words."""
    given = config.getoption("xmlpath", None)
    path = config.invocation_params.dir / given if given else None
    if path is None or not path.is_file():
        return []
    found: set[str] = set()
    before = path.read_bytes()
    after = b"".join(scanned([before], found))
    if veil.hides_people:
        after = _without_people(after, veil)
    if after != before:
        _replace(path, after)
    return [f"--junitxml: a {kind} was taken out before the end of the run" for kind in sorted(found)]


def _without_people(data: bytes, veil: Veil) -> bytes:
    """Text by text: a login such as "error" must not change the names of elements."""
    root = ElementTree.fromstring(data)  # noqa: S314  # pytest wrote it
    for each in root.iter():
        each.text, each.tail = veil.text(each.text or ""), veil.text(each.tail or "")
        each.attrib.update({key: (veil.own if key in _OURS else veil.text)(text) for key, text in each.attrib.items()})
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _replace(path: Path, data: bytes) -> None:
    new = path.with_name(f".{path.name}.new")
    new.write_bytes(data)
    new.replace(path)
