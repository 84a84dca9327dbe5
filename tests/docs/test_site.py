"""The documentation as a site: it is built strictly, so that each link and anchor leads somewhere."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GENERATED = ("api", "command-line", "kinds", "programme", "registers", "sources")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built site."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", str(folder)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_each_page_is_in_it(site: Path) -> None:
    pages = {page.stem for page in (ROOT / "docs").glob("*.md")}
    assert pages <= {page.stem for page in site.glob("*.html")}
    assert {page.stem for page in (site / "reference").glob("*.html")} == set(GENERATED)


def test_the_reference_says_what_the_code_says(site: Path) -> None:
    reference = {name: (site / f"reference/{name}.html").read_text("utf-8") for name in GENERATED}
    assert "str | None" in re.sub(r"&#124;", "|", reference["kinds"])
    assert "--soc2-period=FIRST..LAST" in reference["command-line"]
    assert "soc2test gaps" in reference["command-line"]
    assert 'id="people"' in reference["registers"]
    assert "waivers.yaml" in reference["programme"]
    assert "soc2test.controls.decorator.control" in reference["api"]


def test_nothing_of_it_comes_from_the_network(site: Path) -> None:
    pages = list(site.rglob("*.html"))
    assert len(pages) > len(GENERATED)
    loaded = re.compile(r"""<(?:script|link|img|iframe)[^>]+(?:src|href)=["']?https?://""")
    assert not [page.name for page in pages if loaded.search(page.read_text("utf-8"))]
    assert not [
        file.name
        for file in site.rglob("*.css")
        if re.search(r"(?:url\(|@import )[\"']?https?:", file.read_text("utf-8"))
    ]
