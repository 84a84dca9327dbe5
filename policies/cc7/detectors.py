"""Services that watch each account, region or repository."""

from datetime import datetime
from typing import Any

from soc2test import Detector, control
from soc2test_policies._ages import WINDOW, stop_problem


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
    """Threat detection is on in every scope, with all that it always looks at.

    Which protections are on beside these is not asked.

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
    limits={"recorded_days": WINDOW},
    looser={"recorded_days": "lower"},
    least={"recorded_days": 1},
    on_empty="fail",
)
def test_configuration_is_recorded_everywhere(detector: Detector, limits: Any, as_of: datetime) -> None:
    """Changes of configuration are recorded in every scope, for every type of resource, and were all year.

    `recorded_days` is how far back the recorder must have been on without a stop; a younger one deviates.

    CC7.1: a setting that drifts from what was decided is found by the record of its change.
    """
    assert detector.enabled, f"is off in {detector.scope}"
    assert detector.covers_all, f"leaves types of resources out in {detector.scope}"
    problem = stop_problem(detector.on_since, limits.recorded_days, as_of)
    assert not problem, f"{problem} in {detector.scope}"
