"""A control of the company's own, for the tests of controls.yaml, and copies of it with a change."""

from datetime import date
from typing import Any

import msgspec

from soc2test.company_controls.records import CompanyControl
from soc2test.exceptions.records import Place

__all__ = ["GOOD", "changed"]

LINES = {("controls", 0): 2, ("controls", 0, "owner"): 5, ("controls", 0, "tests", 0): 9}
GOOD = CompanyControl(
    id="CTL-01",
    wording="People sign in with a second factor.",
    owner="ann@acme.example",
    performer="ben@acme.example",
    frequency="daily",
    type="preventive",
    execution="manual",
    since=date(2026, 1, 1),
    until=None,
    system=None,
    risks=(),
    criteria=("CC6.1",),
    tests=("IAM-01",),
    place=Place("controls.yaml", ("controls", 0), LINES),
)


def changed(**fields: Any) -> CompanyControl:
    """The control with other fields."""
    return msgspec.structs.replace(GOOD, **fields)
