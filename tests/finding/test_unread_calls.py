"""Calls that a source knows and does not read are named with the reason, by path and by a plugin's claim."""

from pathlib import Path

import pytest

from soc2test import Claim, Source
from soc2test.evidence.files import Found
from soc2test.finding.claims import Unclaimable, claim

SOURCES = {"cloud": Source("cloud", unread={"users get": "one user; the list says more"})}


@pytest.mark.parametrize("path", ["cloud/users.get.json", "cloud/users.get.ann.json", "elsewhere/x.json"])
def test_the_reason_is_told(path: str, tmp_path: Path) -> None:
    (tmp_path / "x").write_text("{}")
    found = Found(path, str(tmp_path / "x"), 2)
    with pytest.raises(Unclaimable, match=r"users get is known and not read \(one user; the list"):
        claim(found, SOURCES, lambda _: [Claim("cloud", "users get")] if path.startswith("elsewhere") else [])
