"""docs/subservice-organisations.md: its examples are what the reader takes, and its words those of the reports."""

import re
from datetime import date
from pathlib import Path

from soc2test.programme.entries import read_subservice
from soc2test.reports.subservice_view import days_text
from soc2test.subservice.days import Part, Shown, Span, days_shown

PAGE = (Path(__file__).resolve().parents[2] / "docs/subservice-organisations.md").read_text("utf-8")
BLOCKS = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def test_the_example_is_listed_as_it_stands(tmp_path: Path) -> None:
    (tmp_path / "subservice.yaml").write_text(BLOCKS[0], "utf-8")
    entries = read_subservice(tmp_path)
    assert (entries.organisations.refused, entries.user_entity_controls.refused) == ((), ())
    (aws,) = entries.organisations.good
    assert (len(aws.reports), len(aws.letters), len(aws.user_entity_controls or ())) == (1, 1, 1)
    assert [entry.id for entry in entries.user_entity_controls.good] == ["UEC-01"]


def test_the_keys_that_are_shown_by_themselves_are_taken(tmp_path: Path) -> None:
    head = "organisations:\n  - id: aws\n    method: inclusive\n    services: [EC2]\n    regions: []\n"
    more = "".join(f"    {line}\n" for block in BLOCKS[1:] for line in block.splitlines())
    (tmp_path / "subservice.yaml").write_text(head + more, "utf-8")
    entries = read_subservice(tmp_path)
    assert entries.organisations.refused == ()
    (aws,) = entries.organisations.good
    assert aws.months.value == 4
    assert aws.inclusive is not None


def test_the_days_of_the_page_are_those_of_the_reports() -> None:
    part = frozenset({Part("EC2", None, None)})
    report = Shown(span=Span(date(2025, 4, 1), date(2026, 3, 31)), parts=part)
    letter = Shown(span=Span(date(2026, 4, 1), date(2026, 6, 15)), parts=part)
    found = days_shown(Span(date(2026, 1, 1), date(2026, 6, 30)), part, [report], [letter])
    assert days_text(found) in " ".join(PAGE.split())
