"""AWS Config: is the configuration recorder on in each region?"""

from soc2test import Facts, Item, Subject, facts
from soc2test_plugins.aws.kinds import ConfigRecorder
from soc2test_plugins.aws.source import attempt, aws, known, listed, regional

CATEGORY = "configuration"


@aws.reads("configservice describe-configuration-recorders", kind=ConfigRecorder, lists=True)
def recorders(body: Item, at: Subject) -> Facts:
    """The region's recorder; an empty list says that there is none."""
    own = _own(listed(body["ConfigurationRecorders"]))
    if not own:
        return facts(regional(at, "config"), category=CATEGORY, scope=regional(at), enabled=False, covers_all=False)
    return facts(
        regional(at, "config"),
        category=CATEGORY,
        scope=regional(at),
        covers_all=own[0].then("recordingGroup", lambda group: attempt(lambda: _all(group))),
    )


def _own(recorders: list[Item]) -> list[Item]:
    """Without the recorders that AWS services keep for themselves, at most one."""
    return [each for each in recorders if "servicePrincipal" not in each]


def _all(group: Item) -> bool:
    strategy = group.or_else("recordingStrategy", Item({})).or_else("useOnly", "ALL_SUPPORTED_RESOURCE_TYPES")
    return known(group["allSupported"]) is True and strategy == "ALL_SUPPORTED_RESOURCE_TYPES"


@aws.reads("configservice describe-configuration-recorder-status", kind=ConfigRecorder)
def recorder_status(body: Item, at: Subject) -> Facts:
    """Records now, and its last delivery did not fail."""
    own = _own(listed(body["ConfigurationRecordersStatus"]))
    return facts(regional(at, "config"), enabled=attempt(lambda: _works(own[0])) if own else False)


def _works(status: Item) -> bool:
    return known(status["recording"]) is True and str(status.or_else("lastStatus", "")).casefold() != "failure"
