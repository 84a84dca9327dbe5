"""Rules `limit-unread` and `limit-unknown`."""

import pytest
from lint_case import Case

CONTROL = '''
from functools import partial

def _within(device, limits):
    return len(device.id) < limits.days

def _by_another_name(device, own):
    return len(device.id) < own.days

def _nothing(device, limits):
    return bool(device.id)

def _renames(device, limits):
    own = limits
    return len(device.id) < own.days

class Held:
    def __init__(self, limits):
        self.limits = limits

    def reads(self):
        return self.limits.days

@control("OWN-1", criteria=["CC6.7"], nature="state", limits={{"days": 3}}, where={where})
def test_it(device: Device, limits):
    """It holds."""
    assert device.disk_encrypted and {body}
'''
ALL = "lambda device: device.status == 'in_use'"


@pytest.mark.parametrize(
    ("where", "body"),
    [
        (ALL, "limits.days > 2"),
        ("lambda device, limits: limits.days > 2", "device.name"),
        (ALL, "_within(device, limits)"),
        (ALL, "_by_another_name(device, limits)"),
        (ALL, "_renames(device, limits)"),
        (ALL, "Held(limits).reads()"),
        (ALL, "partial(_by_another_name, device)(limits)"),
        (ALL, 'getattr(limits, f"{device.status}s")'),
        (ALL, "getattr(limits, device.status)"),
        (ALL, "[limit.value for limit in limits.items().values()]"),
    ],
)
def test_a_limit_that_anything_reads_is_no_finding(case: Case, where: str, body: str) -> None:
    case.policy(CONTROL.format(where=where, body=body))
    assert case.found("limit-unread") == []


@pytest.mark.parametrize(
    ("where", "body"),
    [
        (ALL, "device.name"),
        (ALL, "_nothing(device, limits)"),
        (ALL, "_nothing(device, limits=limits)"),
        (ALL, "device.days"),
        (ALL, 'getattr(limits, f"{device.status}_hours")'),
        (ALL, "limits.hours"),
        (ALL, "limits.hours and device.days"),
    ],
)
def test_a_limit_that_nothing_reads_is_found(case: Case, where: str, body: str) -> None:
    case.policy(CONTROL.format(where=where, body=body))
    assert case.found("limit-unread") == [("policies/own.py:25", "OWN-1.days")]


LIMITS = "system: Test\nlimits:\n  OWN-1:\n    days: 2\n    hours: 3\n  OWN-2: {days: 3}\n  NO-1:\n    days: 3\n"


def test_all_limits_of_unknown_controls_and_of_other_names_are_found(case: Case) -> None:
    case.policy(CONTROL.format(where=ALL, body="limits.days"))
    case.write("soc2.yaml", LIMITS)
    assert case.found("limit-unknown") == [
        ("soc2.yaml:5", "OWN-1.hours"),
        ("soc2.yaml:6", "OWN-2"),
        ("soc2.yaml:7", "NO-1"),
    ]
    texts = [finding.text for finding in case.findings("limit-unknown")]
    assert texts[0] == "OWN-1 has no limit 'hours'; it has days"
    assert "did you mean 'OWN-1'?" in texts[1]


def test_limits_that_exist_are_no_finding(case: Case) -> None:
    case.policy(CONTROL.format(where=ALL, body="limits.days"))
    case.write("soc2.yaml", "system: Test\nlimits: {OWN-1: {days: 2}}\n")
    assert case.found("limit-unknown") == []


def test_a_limit_of_a_control_that_may_not_have_loaded_is_no_finding(case: Case) -> None:
    case.policy("\nimport nothing_of_this_name\n")
    case.write("soc2.yaml", "system: Test\nlimits: {OWN-1: {days: 2}}\n")
    assert case.found("limit-unknown") == []
