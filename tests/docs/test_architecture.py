"""ARCHITECTURE.md names what is there: its files, its folders, and the layers as tests hold them."""

import re
from pathlib import Path

from test_layers import LAYERS

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
PLACES = ("", "soc2test", "plugins", "policies", "tests")


def test_each_file_that_the_page_names_is_there() -> None:
    named = set(re.findall(r"`([\w/*.]+\.(?:py|txt|sh|md))`", PAGE))
    assert len(named) > 60  # else they are written in another way
    assert sorted(name for name in named if not _is_there(name)) == []


def _is_there(name: str) -> bool:
    """Below one of the folders that paths are told from; a bare name may be in any folder of the framework."""
    below = [*PLACES, "soc2test/**"] if "/" not in name else PLACES
    return any(True for place in below for _ in ROOT.glob(f"{place}/{name}".lstrip("/")))


def test_each_package_has_a_line_in_the_table() -> None:
    packages = {file.parent.name for file in (ROOT / "soc2test").glob("*/__init__.py")}
    told = set(re.findall(r"`(\w+)/`", "\n".join(line for line in PAGE.splitlines() if line.startswith("| "))))
    assert packages - told == set()


def test_the_layers_are_those_that_are_held() -> None:
    text = PAGE[PAGE.index("## Who may import whom") : PAGE.index("Only `pytest_plugin` imports pytest")]
    lines = [line for line in text.splitlines() if re.match(r"\d+\. ", line)]
    assert [set(re.findall(r"`(\w+)`", line)) for line in lines] == LAYERS
