"""At the end of a run: the populations of its controls, listed beside the other artifacts."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from soc2test.controls.control import Control
from soc2test.errors import Soc2Error
from soc2test.listing.blocks import Block, Row, block_of
from soc2test.listing.columns import facts_listed, head
from soc2test.listing.finishing import Finished, finish
from soc2test.listing.folder import close_folder, open_folder
from soc2test.listing.outcomes import Outcomes
from soc2test.listing.period_rows import period_rows
from soc2test.listing.period_sheets import PeriodSheet, period_sheet
from soc2test.listing.second_populations import seconds_of
from soc2test.listing.sheets import sheet_of
from soc2test.pytest_plugin.outcome import INTERRUPTED
from soc2test.pytest_plugin.session import Session
from soc2test.run import Run
from soc2test.verdicts import ControlResult, Listed

__all__ = ["list_populations"]

_NOT_ASKED = "the run was told to list no populations"
_NOT_RUN = ("deselected", "stopped", "scope", "definition", "fixtures", "skipped", "setup", INTERRUPTED)
"""codes of results behind which nothing was evaluated"""


def list_populations(report: Path, session: Session, run: Run) -> dict[str, Listed]:
    """Write the lists of a run. What is wrong with one is a problem of the run, and takes no other with it.

    Raises `Soc2Error` where the folder can't be written.
    """
    results = {result.id: result for result in run.controls if result.id in session.controls}
    asked = not session.config.getoption("soc2_no_populations")
    wanted = {id: result for id, result in results.items() if asked and _evaluated(result)}
    folder = open_folder(report, wanted)
    entries = {entry.id: entry for entry in run.evidence}
    sheets, listed, failed = [], dict[str, Listed](), dict[str, str]()
    for id, result in wanted.items():
        control = session.controls[id]
        try:
            finished = _finish(folder, control, result, session)
        except Soc2Error as error:
            (folder / f"{id}.csv").unlink(missing_ok=True)
            failed[id] = session.veil.text(str(error))
            continue
        listed[id] = finished.listed
        over = _sheet_over_period(result, session)
        record = over.newest if over is not None else None
        seconds = seconds_of(control, session.evaluating.loaded.inventory, record)
        sheets.append(sheet_of(control, result, finished, entries, seconds, over))
    without = [(id, _why_not(result) if asked else _NOT_ASKED) for id, result in results.items() if id not in wanted]
    close_folder(folder, sheets, [*without, *failed.items()], run)
    if failed:
        more = f", and {len(failed) - 1} more populations are not listed" if len(failed) > 1 else ""
        session.problems.add(f"{next(iter(failed.values()))}{more}")
    return listed


def _evaluated(result: ControlResult) -> bool:
    return result.reason is None or result.reason.code not in _NOT_RUN


def _why_not(result: ControlResult) -> str:
    return result.reason.text if result.reason is not None else ""


def _finish(folder: Path, control: Control, result: ControlResult, session: Session) -> Finished:
    members, over = result.population + result.exempt, result.period is not None
    exempt: frozenset[tuple[str, str]] = frozenset()
    untold: frozenset[tuple[str, str]] = frozenset()
    marks: dict[tuple[str, str], str] = {}
    blocks: Iterable[Block]
    if over:
        rows, exempt, untold, marks = _over_period(control, result, session)
        blocks = [block_of(rows)]
    else:
        blocks = session.evaluating.spool.blocks(control.id, members)
    finished = finish(
        folder / f"{control.id}.csv",
        head(control, period=over),
        blocks,
        Outcomes(result, over_all=_over_all(control, result), exempt=exempt, untold=untold, marks=marks),
        session.veil.text,
        of_events=control.nature != "state",
    )
    _tie_out(finished, result, members)
    return finished


def _over_all(control: Control, result: ControlResult) -> bool:
    """Whether what was found is about the population as a whole; of a period that counts units each is judged alone."""
    units = result.period is not None and result.period.due and result.reason is None
    return control.kind is None and not units


def _over_period(
    control: Control, result: ControlResult, session: Session
) -> tuple[list[Row], frozenset[tuple[str, str]], frozenset[tuple[str, str]], dict[tuple[str, str], str]]:
    """The rows of a period, which of them are exempt, of which nothing is known, and what stands beside an outcome."""
    found = session.evaluating.over
    if found is None or result.period is None:
        raise Soc2Error(f"{control.id}: its period was not evaluated")
    members = found.members[control.id]
    seen = [(member.key, member.resource, member.first, member.last, member.when) for member in members]
    veil = session.veil.text
    rows = list(period_rows(control, seen, result.period, found.loaded.inventory.nature, found.config.zone, veil))
    exempt = frozenset((kind, veil(id)) for kind, id in (member.key for member in members if member.exempt))
    untold = frozenset((kind, veil(id)) for kind, id in (member.key for member in members if member.untold))
    marks = {(member.key[0], veil(member.key[1])): member.mark for member in members if member.mark}
    return rows, exempt, untold, marks


def _sheet_over_period(result: ControlResult, session: Session) -> PeriodSheet | None:
    """Where the rows of a period come from; None where the run is about a moment."""
    found = session.evaluating.over
    if found is None or result.period is None:
        return None
    facts = facts_listed(session.controls[result.id])
    last = (
        (
            member.last.number if member.last is not None else None,
            (member.resource.origin.of(facts) or "") if member.resource is not None else "",
        )
        for member in found.members[result.id]
    )
    return period_sheet(result.period, found.told, last, session.veil.text)


def _tie_out(finished: Finished, result: ControlResult, members: int) -> None:
    """A list that says something else than its result is worse than none."""
    told = {outcome.partition(" (")[0]: 0 for outcome in finished.outcomes}
    for outcome, count in finished.outcomes.items():
        told[outcome.partition(" (")[0]] += count
    counts: Mapping[str, int] = {
        "deviation": result.deviations - result.waived,
        "waived": result.waived,
        "pending": result.pending,
        "unknown": result.unknown,
        "error": result.errors,
        "exempt": result.exempt,
    }
    pairs = {name: (told.get(name, 0), count) for name, count in counts.items()}
    different = [f"{name}: {own}, not {count}" for name, (own, count) in pairs.items() if own != count]
    if finished.listed.rows != members or different:
        said = "; ".join([f"{finished.listed.rows} rows of {members} members", *different])
        raise Soc2Error(f"{finished.listed.file}: does not tie out with the result of {result.id}: {said}")
