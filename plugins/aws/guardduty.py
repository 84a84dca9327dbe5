"""GuardDuty: is threat detection on in each region, with all its protections?"""

from soc2test import Facts, Item, Subject, facts, listed, meaning, or_unknown, text, translated
from soc2test_plugins.aws.kinds import GuardDutyDetector
from soc2test_plugins.aws.source import aws, regional

CATEGORY = "threat"
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
        enabled=translated(body["Status"], _SWITCH),
        covers_all=body.then("Features", lambda features: or_unknown(lambda: _all(features))),
    )


def _all(features: list[Item]) -> bool:
    state = {text(each["Name"]): meaning(each["Status"], _SWITCH) for each in features}
    if state.get("RUNTIME_MONITORING"):
        state.pop("EKS_RUNTIME_MONITORING", None)  # the older of the two, which can't be on beside it
    return bool(state) and all(state.values())
