"""GuardDuty: is threat detection on in each region, with all its protections?"""

from soc2test import Facts, Item, Subject, facts, listed, meaning, or_unknown, text
from soc2test_plugins.aws.kinds import GuardDutyDetector
from soc2test_plugins.aws.source import aws, regional

CATEGORY = "threat"
_FOUNDATIONAL = ("CLOUD_TRAIL", "DNS_LOGS", "FLOW_LOGS")
"""What GuardDuty looks through wherever it is on (user guide, "Foundational data sources")."""
_SWITCH = {"ENABLED": True, "DISABLED": False}


@aws.reads("guardduty list-detectors", kind=GuardDutyDetector, lists=True)
def detectors(body: Item, at: Subject) -> Facts:
    """The region's detector, one at most; an empty list says that GuardDuty is off."""
    found = listed(body["DetectorIds"])
    if not found:
        return facts(regional(at, "guardduty"), category=CATEGORY, scope=regional(at), enabled=False, covers_all=False)
    return facts(regional(at, "guardduty"), category=CATEGORY, scope=regional(at), detector=found[0])


@aws.reads(
    "guardduty get-detector", kind=GuardDutyDetector, subject="detector",
    command="aws guardduty get-detector --detector-id {detector} --region {region}",
)  # fmt: skip
def detector(body: Item, at: Subject) -> Facts:
    """On or suspended, and whether a protection is switched off."""
    return facts(
        regional(at, "guardduty"),
        enabled=or_unknown(lambda: meaning(body["Status"], _SWITCH) and _has_foundation(body)),
        covers_all=body.then("Features", lambda features: or_unknown(lambda: _all(features))),
    )


def _has_foundation(body: Item) -> bool:
    """None of the foundational sources is switched off; an export from before there were features names none."""
    state = {text(each["Name"]): each["Status"] for each in listed(body.or_else("Features", []))}
    return all(meaning(state[name], _SWITCH) for name in _FOUNDATIONAL if name in state)


def _all(features: list[Item]) -> bool:
    state = {text(each["Name"]): meaning(each["Status"], _SWITCH) for each in features}
    if state.get("RUNTIME_MONITORING"):
        state.pop("EKS_RUNTIME_MONITORING", None)  # the older of the two, which can't be on beside it
    return bool(state) and all(state.values())
