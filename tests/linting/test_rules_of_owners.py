"""Rule `owner`: whatever leaves out, loosens or states something names people."""

import pytest
from lint_case import Case

CONTROL = '''
@control("OWN-1", criteria=["A1.1"], nature="state", limits={"days": 3, "more": 1}, looser={"days": "higher", "more": "higher"})
def test_it(device: Device, limits):
    """It holds."""
    assert len(device.id) < limits.days + limits.more
'''
WHO = "reason: it is so, owner: ann@acme.example, approver: bob@acme.example, since: 2026-11-01, review_by: 2027-05-01"
OUT = "not_applicable:\n  OWN-1: {no_population: true, WHO}\n"
RELEVANT = "not_relevant:\n  A1.1: {WHO}\n"
EXEMPT = "exemptions:\n  - {id: EX-1, test: OWN-1, resources: [a], WHO}\n"
STATED = (
    "statements:\n  - {id: ST-1, text: it is so, criteria: [A1.1], owner: ann@acme.example, date: 2026-11-01, "
    "expires: 2027-05-01, document: {file: a.pdf, sha256: " + "0" * 64 + "}}\n"
)
DESCRIBED = (
    "controls:\n  - {id: CTL-01, wording: it is so, owner: ann@acme.example, performer: bob@acme.example, frequency: daily, "
    "type: detective, execution: manual, since: 2026-01-01, criteria: [A1.1], tests: [OWN-1]}\n"
)
LOOSER = "limits:\n  OWN-1:\n    days: {value: 4, clause: POL 3, approved_by: ann@acme.example}\n    more: 1\n"
OLDER = "sources:\n  okta: {orgs: [a], max_age: {value: 90d, clause: POL 3, approved_by: ann@acme.example}}\n"
WAYS = {
    "not_applicable": ("soc2.yaml", OUT, 3),
    "not_relevant": ("soc2.yaml", RELEVANT, 3),
    "exemptions": ("exemptions.yaml", EXEMPT, 2),
    "statements": ("statements.yaml", STATED, 2),
    "controls": ("controls.yaml", DESCRIBED, 2),
    "limits": ("soc2.yaml", LOOSER, 4),
    "max_age": ("soc2.yaml", OLDER, 3),
}


def put(case: Case, way: str, old: str = "", new: str = "") -> tuple[str, str, int]:
    """Write an entry, with one change; give the file, its text, and the line of the entry."""
    file, text, line = WAYS[way]
    text = text.replace("WHO", WHO)
    assert old in text
    text = text.replace(old, new) if old else text
    case.policy(CONTROL)
    case.write(file, f"system: Test\n{text}" if file == "soc2.yaml" else text)
    return file, text, line


@pytest.mark.parametrize("way", WAYS)
def test_an_entry_that_names_people_is_no_finding(case: Case, way: str) -> None:
    put(case, way)
    assert case.looked_at().config is not None
    assert case.found("owner") == []


@pytest.mark.parametrize(
    ("way", "missing"),
    [
        ("not_applicable", "owner: ann@acme.example, "),
        ("not_applicable", "approver: bob@acme.example, "),
        ("not_relevant", "owner: ann@acme.example, "),
        ("exemptions", "owner: ann@acme.example, "),
        ("exemptions", "approver: bob@acme.example, "),
        ("statements", "owner: ann@acme.example, "),
        ("controls", "owner: ann@acme.example, "),
        ("limits", ", approved_by: ann@acme.example"),
        ("max_age", ", approved_by: ann@acme.example"),
    ],
)
def test_an_entry_that_names_nobody_is_found(case: Case, way: str, missing: str) -> None:
    file, _, line = put(case, way, missing, "")
    assert [place for place, _ in case.found("owner")] == [f"{file}:{line}"]


@pytest.mark.each(5)
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", ["TBD", "the board", "ann"])
def test_a_word_in_the_place_of_a_name_is_found(case: Case, way: str, name: str) -> None:
    file, _, line = put(case, way, "ann@acme.example", name)
    assert [place for place, _ in case.found("owner")] == [f"{file}:{line}"]
    assert f"'{name}' names nobody" in case.text("owner")


def test_a_looser_limit_without_a_clause_is_found_and_a_tighter_one_is_not(case: Case) -> None:
    case.policy(CONTROL)
    case.write("soc2.yaml", "system: Test\nlimits:\n  OWN-1:\n    days: 4\n    more: 0\n")
    assert case.found("owner") == [("soc2.yaml:4", "limits.OWN-1.days")]


def test_what_is_refused_for_something_else_is_no_matter_of_owners(case: Case) -> None:
    put(case, "exemptions", "since: 2026-11-01, ", "")
    config = case.looked_at().config
    assert config is not None
    assert len(config.refused) == 1
    assert case.found("owner") == []
