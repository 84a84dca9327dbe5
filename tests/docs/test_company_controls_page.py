"""docs/company-controls.md: its example is what the reader takes, and the words of its table are those of the reports."""

import re
from pathlib import Path

from soc2test.company_controls.checking import check_company_controls
from soc2test.programme.entries import read_company_controls
from soc2test.reports.company_view import COMPANY_STATUSES

PAGE = (Path(__file__).resolve().parents[2] / "docs/company-controls.md").read_text("utf-8")


def test_the_example_is_listed_as_it_stands(tmp_path: Path) -> None:
    (example,) = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    (tmp_path / "controls.yaml").write_text(example, "utf-8")
    entries = read_company_controls(tmp_path)
    assert entries.refused == ()
    tests = {f"IAM-{number}" for number in range(12, 17)}
    checked = check_company_controls(entries.good, tests)
    assert checked.refused == ()
    assert [control.id for control in checked.controls] == ["CTL-01", "CTL-13"]


def test_the_statuses_of_the_table_are_those_of_the_reports() -> None:
    rows = re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)
    assert set(rows) <= set(COMPANY_STATUSES)
    assert {"no_test", "not_in_force"} <= set(rows)
