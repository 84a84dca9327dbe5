"""Services that watch each account, region or repository."""

from soc2test import Detector, control


@control(
    "LOG-05",
    criteria=["CC7.2"],
    nature="state",
    supports={"CC6.8": "malicious activity is noticed"},
    severity="high",
    where=lambda detector: detector.category == "threat",
    on_empty="fail",
)
def test_threats_are_watched_for_everywhere(detector: Detector) -> None:
    """Threat detection is on in every scope.

    CC7.2: a detector looks for the signs of attacks; in a scope where it is off nobody does.
    """
    assert detector.enabled, f"is off in {detector.scope}"


@control(
    "LOG-06",
    criteria=["CC7.1"],
    nature="state",
    supports={"CC5.2": "the configuration recorder is on"},
    severity="medium",
    where=lambda detector: detector.category == "configuration",
    on_empty="fail",
)
def test_configuration_is_recorded_everywhere(detector: Detector) -> None:
    """Changes of configuration are recorded in every scope, for every type of resource.

    CC7.1: a setting that drifts from what was decided is found by the record of its change.
    """
    assert detector.enabled, f"is off in {detector.scope}"
    assert detector.covers_all, f"leaves types of resources out in {detector.scope}"
