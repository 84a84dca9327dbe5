"""docs/other-frameworks.md: its file is taken as it stands, and its tables say what the code does."""

import re
from pathlib import Path

from soc2test.crosswalks.frameworks import FRAMEWORKS
from soc2test.crosswalks.mapping import read_mapping
from soc2test.reports.frameworks_view import REQUIREMENT_STATUSES

PAGE = (Path(__file__).resolve().parents[2] / "docs/other-frameworks.md").read_text("utf-8")


def test_the_example_is_taken(tmp_path: Path) -> None:
    (example,) = re.findall(r"^```csv\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    (tmp_path / "ours.csv").write_text(example, "utf-8")
    assert len(read_mapping("ours.csv", tmp_path).pairs) == 3


def test_the_frameworks_and_statuses_are_those_of_the_code() -> None:
    named = {name: int(count) for name, count in re.findall(r"^\| `([\w-]+)` \| .* \| (\d+) \|$", PAGE, re.MULTILINE)}
    assert named == {name: len(framework.requirements) for name, framework in FRAMEWORKS.items()}
    table = PAGE.partition("| status | when |")[2].partition("\n\n")[0]
    assert re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE) == list(REQUIREMENT_STATUSES)
