"""What `soc2test gaps` plans by: the controls of a programme evaluated over its exports, as `pytest --soc2` does it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from soc2test.cli.here import Here
from soc2test.controls.control import Control
from soc2test.coverage.scoping import scoped_out
from soc2test.coverage.statuses import criteria_rows
from soc2test.errors import ProgrammeError
from soc2test.evaluation.evaluate import evaluate
from soc2test.exceptions.records import Declared
from soc2test.gaps.records import Refused
from soc2test.inventory.load import Loaded
from soc2test.inventory.older_evidence import older_of
from soc2test.pytest_plugin.exceptions_in_force import Exceptions
from soc2test.pytest_plugin.outcome import empty_result
from soc2test.pytest_plugin.raises import RAISES
from soc2test.reports.veil import Veil
from soc2test.run import Programme, Run, Tool
from soc2test.verdicts import ControlResult, Verdict

__all__ = ["run_of"]

_FIXTURES = "takes pytest fixtures, which only pytest has: `pytest --soc2` evaluates it"


def run_of(here: Here, loaded: Loaded) -> tuple[Run, tuple[Refused, ...]]:
    """The run, and what of the programme's files has no force in it.

    The run is told as far as a plan needs it: verdicts, criteria and what they rest on, and no more of its evidence.
    Controls that take pytest fixtures are not evaluated. `here` has a programme.
    """
    config = here.config
    assert config is not None  # noqa: S101  # asked before
    controls = {id: known.control for id, known in here.controls().items()}
    exceptions = Exceptions(config, controls.values(), loaded, all_loaded=not here.plugins.unloaded)
    results = _results(here, controls, loaded, exceptions)
    problems = [*exceptions.problems, *exceptions.settle(results)]
    proofs = here.proofs
    proven = [
        msgspec.structs.replace(result, proven=proofs[result.id].proven if result.id in proofs else None)
        for result in sorted(results.values(), key=lambda result: result.id)
    ]
    rows = criteria_rows(
        proven,
        config.categories,
        statements=exceptions.in_force.statements,
        not_relevant=exceptions.in_force.not_relevant,
        older=older_of(loaded.ages.longer, loaded.inventory, controls.values()),
    )
    run = Run(
        complete=True,
        incomplete_because=None,
        as_of=loaded.as_of,
        tool=Tool("", (), ()),
        programme=Programme(config.system, config.categories, config.digest, str(config.zone), config.privacy_role),
        criteria=rows,
        controls=tuple(proven),
        evidence=(),
        unclaimed=(),
        problems=(*here.problems, *loaded.problems, *problems),
    )
    return run, tuple(_without_force(config.exceptions, exceptions.in_force.refused))


def _without_force(declared: Declared, refused: Iterable[ProgrammeError]) -> Iterator[Refused]:
    """The entries that are refused, by the place that each error names."""
    exempt = [
        (entry.approval.place, Refused(text="", test=entry.test, resources=entry.resources))
        for entry in declared.exemptions
    ]
    out = [(entry.place, Refused(text="", test=id)) for id, entry in declared.scope_outs.items()]
    waived = [(entry.approval.place, Refused(text="", test=entry.test)) for entry in declared.waivers]
    stated = [(entry.place, Refused(text="", criteria=entry.criteria)) for entry in declared.statements]
    places = {(place.file, place.refuse("").key): entry for place, entry in (*exempt, *out, *waived, *stated)}
    for error in refused:
        for (file, key), entry in places.items():
            if error.file == file and (error.key == key or error.key.startswith((f"{key}.", f"{key}["))):
                yield msgspec.structs.replace(entry, text=str(error))


def _results(
    here: Here, controls: Mapping[str, Control], loaded: Loaded, exceptions: Exceptions
) -> dict[str, ControlResult]:
    config = here.config
    assert config is not None  # noqa: S101  # asked before
    found: dict[str, ControlResult] = {}
    asked = []
    refused = _refused(here)
    for id, control in controls.items():
        if (out := scoped_out(control, config.categories)) is not None:
            found[id] = empty_result(control, Verdict.NOT_APPLICABLE, "scope", out)
        elif id in refused:
            found[id] = empty_result(control, Verdict.ERROR, "definition", refused[id])
        elif control.fixtures:
            found[id] = empty_result(control, Verdict.NOT_EVALUATED, "fixtures", _FIXTURES)
        else:
            asked.append(control)
    evaluated = _evaluated(asked, loaded, exceptions, config.zone)
    veil = Veil()  # what is taken out says so in a text that is kept
    for id, result in evaluated.items():
        told = exceptions.compensating.told(result, evaluated.get)
        found[id] = exceptions.result(told, evaluated.get, veil)
    return found


def _evaluated(
    controls: Sequence[Control], loaded: Loaded, exceptions: Exceptions, zone: Any
) -> dict[str, ControlResult]:
    """What each found. Streamed kinds go first: the evidence itself is judged once it was read."""
    streams = [each for each in controls if each.kind is not None and loaded.inventory.streams(each.kind)]
    others = [each for each in controls if each not in streams]
    results: dict[str, ControlResult] = {}
    for group in (streams, others):
        done = evaluate(
            group,
            loaded.inventory,
            {each.id: exceptions.limits(each) for each in group},
            loaded.as_of.time,
            raises=RAISES,
            exempt=_joined(exceptions.exemptions(each) for each in group),
            waivers=_joined(exceptions.waivers(each) for each in group),
            asked=_joined(exceptions.asked(each) for each in group),
            members=exceptions.compensating.sinks(group),
            zone=zone,
        )
        results |= {id: each.result for id, each in done.items()}
        for control in group:
            exceptions.compensating.learn(control, results[control.id])
    return results


def _joined(parts: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    return {id: given for part in parts for id, given in part.items()}


def _refused(here: Here) -> dict[str, str]:
    """Controls that can't do their work though their file loads, by id."""
    files = [file for pack in here.packs for file in pack.files]
    return {id: text for file in files for id, text in file.refused.items()}
