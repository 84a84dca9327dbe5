"""Rules `criterion` and `loads`: what is refused stands in its line, and the rest is looked at."""

from lint_case import Case

INVENTED = '''
@control("OWN-1", criteria=["CC6.1", "CC9.9"], supports={"P1.2": "a reason of its own"}, nature="state")
def test_it(device: Device):
    """It holds.

    CC6.1: why it is evidence of that.
    """
    assert device.disk_encrypted


@control(
    "OWN-2",
    criteria=[
        "CC10.1",
    ],
    nature="state",
)
def test_more(device: Device):
    """It holds too."""
    assert device.disk_encrypted
'''
GOOD = '''
@control("OWN-3", criteria=["CC6.7"], nature="state")
def test_well(device: Device):
    """It holds.

    CC6.7: whoever finds it can't read what is on it.
    """
    assert device.disk_encrypted
'''


def test_each_invented_criterion_is_found_in_its_line_and_the_rest_is_looked_at(case: Case) -> None:
    case.policy(INVENTED, "invented.py")
    case.policy(GOOD.replace("CC6.7: ", "of "), "good.py")
    wanted = [
        ("policies/invented.py:3", "OWN-1"),
        ("policies/invented.py:3", "OWN-1"),
        ("policies/invented.py:15", "OWN-2"),
    ]
    assert case.found("criterion") == wanted
    texts = " ".join(finding.text for finding in case.findings("criterion"))
    assert all(f"there is no criterion '{id}'" in texts for id in ("CC9.9", "P1.2", "CC10.1"))
    assert case.found("loads") == []  # the refusal names the first of them once more
    assert case.found("criterion-reason") == [("policies/good.py:3", "OWN-3")]


def test_criteria_that_exist_are_no_finding(case: Case) -> None:
    case.policy(GOOD)
    assert case.found("criterion") == case.found("loads") == []


def test_what_is_refused_for_something_else_is_found_in_its_line(case: Case) -> None:
    case.policy("\n" + GOOD.replace('nature="state"', 'nature="stat"'), "nature.py")
    case.policy("\nx = (\n", "syntax.py")
    case.policy("\nimport nothing_of_this_name\n", "imports.py")
    case.policy("\ndef test_alone():\n    assert True\n", "plain.py")
    assert case.found("loads") == [
        ("policies/imports.py:3", "imports.py"),
        ("policies/nature.py:4", "nature.py"),
        ("policies/plain.py:1", "plain.py"),
        ("policies/syntax.py:3", "syntax.py"),
    ]


def test_a_criterion_that_no_text_shows_is_found_by_its_refusal(case: Case) -> None:
    case.policy('\nIDS = ["CC9" + ".9"]\n' + GOOD.replace('["CC6.7"]', "IDS"))
    assert case.found("criterion") == []
    assert case.found("loads") == [("policies/own.py:5", "own.py")]
    assert "there is no criterion 'CC9.9'" in case.text("loads")


def test_a_control_that_cant_fail_is_found(case: Case) -> None:
    case.policy(GOOD.replace("assert device.disk_encrypted", "device.disk_encrypted"))
    assert case.found("loads") == [("policies/own.py:3", "OWN-3")]
