"""AWS Config: is the configuration recorder on in each region?"""

from collections.abc import Iterator

from soc2test import (
    Facts,
    Item,
    Population,
    Subject,
    UnknownFact,
    facts,
    flag,
    known,
    listed,
    meaning,
    or_unknown,
    text,
)
from soc2test_plugins.aws.kinds import ConfigRecorder, RecordedGlobalTypes
from soc2test_plugins.aws.since import since
from soc2test_plugins.aws.source import aws, either, regional

CATEGORY = "configuration"
_RECORDED_BY = {
    "ALL_SUPPORTED_RESOURCE_TYPES": True, "EXCLUSION_BY_RESOURCE_TYPES": False, "INCLUSION_BY_RESOURCE_TYPES": False,
}  # fmt: skip
"""Strategies of recording (`useOnly`): is every type recorded?"""
_DELIVERED = {"success": True, "": True, "pending": True, "notapplicable": True, "failure": False}


@aws.reads(
    "configservice describe-configuration-recorders", kind=(ConfigRecorder, RecordedGlobalTypes), lists=True,
    tells=["category", "scope", "all_types", "account", "recorded"],  # of enabled only that there is none
)  # fmt: skip
def recorders(body: Item, at: Subject) -> Iterator[Facts]:
    """The region's recorder; an empty list says that there is none."""
    own = _own(listed(body["ConfigurationRecorders"]))
    told = {"category": CATEGORY, "scope": regional(at)}
    group = own[0]["recordingGroup"] if own else None
    if group is None:
        yield facts(
            regional(at, "config"),
            ConfigRecorder,
            **told,
            all_types=False,
            **({} if own else {"enabled": False, "on_since": None}),
        )
        yield facts(regional(at), RecordedGlobalTypes, account=at["account"], recorded=False)
        return
    everything = or_unknown(lambda: _all(known(group)))
    yield facts(regional(at, "config"), ConfigRecorder, **told, all_types=everything)
    yield facts(
        regional(at),
        RecordedGlobalTypes,
        account=at["account"],
        recorded=or_unknown(lambda: known(everything) and known(group["includeGlobalResourceTypes"]) is True),
    )


@aws.derives(ConfigRecorder, "covers_all", joins=RecordedGlobalTypes)
def covers_all(recorder: ConfigRecorder, regions: Population[RecordedGlobalTypes]) -> bool:
    """Every type of its region, and IAM's types, which AWS calls global, in one region of the account at least:
    `allSupported` leaves them out (https://docs.aws.amazon.com/config/latest/APIReference/API_RecordingGroup.html)."""
    if not recorder.all_types:
        return False
    own = regions.all("account", recorder.scope.rpartition("/")[0])
    asked = [lambda each=each: each.recorded for each in own.hits]
    return either(*asked, lambda: any(False for _ in own))  # the last raises where a region is missing


def _own(recorders: list[Item]) -> list[Item]:
    """Without the recorders that AWS services keep for themselves, at most one."""
    own = [each for each in recorders if "servicePrincipal" not in each]
    if len(own) > 1:
        raise UnknownFact("recorder", "the export names several recorders of the company's own, and a region has one")
    return own


def _all(group: Item) -> bool:
    strategy = group.or_else("recordingStrategy", Item({})).or_else("useOnly", "ALL_SUPPORTED_RESOURCE_TYPES")
    return meaning(strategy, _RECORDED_BY) and known(group["allSupported"]) is True


@aws.reads("configservice describe-configuration-recorder-status", kind=ConfigRecorder)
def recorder_status(body: Item, at: Subject) -> Facts:
    """Records now, and its last delivery did not fail."""
    own = _own(listed(body["ConfigurationRecordersStatus"]))
    if not own:
        return facts(regional(at, "config"), enabled=False, on_since=None)
    return facts(
        regional(at, "config"),
        enabled=or_unknown(lambda: _works(own[0])),
        on_since=or_unknown(lambda: since(own[0], "recording", "lastStartTime", "lastStopTime")),
    )


def _works(status: Item) -> bool:
    return flag(status["recording"]) and meaning(text(status.or_else("lastStatus", "")).casefold(), _DELIVERED)
