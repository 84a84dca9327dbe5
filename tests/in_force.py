"""Controls over a company's exports with its exceptions, for tests that make no run of pytest."""

from collections.abc import Mapping, Sequence

from soc2test.controls.control import Control
from soc2test.evaluation.evaluate import evaluate
from soc2test.inventory.load import Loaded
from soc2test.programme.programme import Config
from soc2test.pytest_plugin.exceptions_in_force import Exceptions
from soc2test.reports.veil import Veil
from soc2test.verdicts import ControlResult

__all__ = ["evaluated_with_exceptions", "found_under"]


def evaluated_with_exceptions(config: Config, controls: Sequence[Control], loaded: Loaded) -> dict[str, ControlResult]:
    """The results of `controls`, all of which are loaded."""
    return found_under(Exceptions(config, controls, loaded), controls, loaded)


def found_under(exceptions: Exceptions, controls: Sequence[Control], loaded: Loaded) -> dict[str, ControlResult]:
    """The results of `controls` under exceptions that were judged."""
    limits = {control.id: exceptions.limits(control) for control in controls}
    exempt = {id: given for control in controls for id, given in exceptions.exemptions(control).items()}
    asked = {id: watched for control in controls for id, watched in exceptions.asked(control).items()}
    done = evaluate(controls, loaded.inventory, limits, loaded.as_of.time, exempt=exempt, asked=asked)
    found: Mapping[str, ControlResult] = {id: one.result for id, one in done.items()}
    return {id: exceptions.result(result, found.get, Veil()) for id, result in found.items()}
