"""Rules `criterion-reason` and `support-reason`."""

import pytest
from lint_case import Case

from soc2test.linting.reasons import direct_reasons

CONTROL = '''
@control("{id}", criteria=["CC6.1", "CC6.7"], supports={supports}, nature="state")
def test_{name}(device: Device):
    """{docstring}"""
    assert device.disk_encrypted

'''
TITLE = "The disk of every device is encrypted."
WHY = "whoever finds one can't read it."
REASONS = f"{TITLE}\n\n    CC6.1: the disk alone opens no account.\n    CC6.7: {WHY}\n    "


def control(docstring: str = REASONS, supports: dict[str, str] | None = None, id: str = "OWN-1") -> str:
    name = id.lower().replace("-", "_")
    return CONTROL.format(id=id, name=name, docstring=docstring, supports=supports or {})


def test_a_reason_for_each_criterion_is_no_finding(case: Case) -> None:
    case.policy(control())
    assert case.found("criterion-reason") == []


@pytest.mark.parametrize(
    ("docstring", "said"),
    [
        (TITLE, ["does not say why", "does not say why"]),
        (f"{TITLE}\n\n    About CC6.1: it is so, and CC6.7 too.\n    ", ["does not say why", "does not say why"]),
        (REASONS.replace(f"    CC6.7: {WHY}\n", ""), ["CC6.7 directly, and its docstring does not say why"]),
        (REASONS.replace(WHY, ""), ["gives no reason"]),
        (REASONS.replace(WHY, "TBD"), ["gives no reason"]),
        (REASONS.replace(WHY, "disks are encrypted"), ["too short to say why"]),
        (REASONS.replace(WHY, TITLE), ["only repeats its title"]),
        (REASONS.replace(WHY, "the disk alone opens no account"), ["word for word that of OWN-1 CC6.1"]),
        (REASONS.replace("CC6.7: ", "CC6.7: TBD\n    CC6.8: "), ["not among the criteria", "gives no reason"]),
    ],
)
def test_a_criterion_without_its_reason_is_found(case: Case, docstring: str, said: list[str]) -> None:
    case.policy(control(docstring))
    findings = case.findings("criterion-reason")
    assert {(finding.place, finding.subject) for finding in findings} == {("policies/own.py:3", "OWN-1")}
    assert len(findings) == len(said)
    for words, finding in zip(said, findings, strict=True):
        assert words in finding.text


def test_the_reason_of_another_control_is_found(case: Case) -> None:
    case.policy(control() + control(id="OWN-2"))
    assert {subject for _, subject in case.found("criterion-reason")} == {"OWN-2"}


def test_a_reason_may_take_several_lines_and_ends_at_a_blank_one() -> None:
    text = "More of it.\n\nCC6.1: one\nand two\n\nNot this.\nP6.4: three\nPI1.2: four\nCC6.1: five"
    assert direct_reasons(text) == {"CC6.1": "one and two five", "P6.4": "three", "PI1.2": "four"}


def test_a_supporting_reason_of_its_own_is_no_finding(case: Case) -> None:
    case.policy(control(supports={"C1.1": "confidential data stays on the device"}))
    assert case.found("support-reason") == []


@pytest.mark.parametrize(
    ("reason", "said"),
    [("", "gives no reason"), ("todo", "gives no reason"), ("see above", "gives no reason"), ("it helps", "too short"),
     (TITLE, "repeats its title")],
)  # fmt: skip
def test_a_supporting_reason_that_says_nothing_is_found(case: Case, reason: str, said: str) -> None:
    case.policy(control(supports={"C1.1": reason}))
    assert case.found("support-reason") == [("policies/own.py:3", "OWN-1")]
    assert said in case.text("support-reason")


def test_one_text_for_two_criteria_is_found(case: Case) -> None:
    case.policy(control(supports={"C1.1": "data stays on the device", "C1.2": "Data stays on the  device."}))
    assert "supports C1.2, and the reason is word for word that of OWN-1 C1.1" in case.text("support-reason")
