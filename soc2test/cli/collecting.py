"""The rounds of `soc2test collect`, from the plan to the sealed manifest."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import msgspec

from soc2test.cli.collected_texts import round_line, summary, told_plan
from soc2test.cli.evidence import load
from soc2test.cli.evidence_calls import Asked, plan
from soc2test.cli.evidence_records import narrowed, records
from soc2test.cli.evidence_wanted import failed, met
from soc2test.cli.here import Here
from soc2test.cli.sealing import seal
from soc2test.collecting.begun import Begun
from soc2test.collecting.calls import Stage
from soc2test.collecting.keeping import Keeper
from soc2test.collecting.rounds import Collector, Outcome, StoppedScope, folder_of
from soc2test.errors import EvidenceError
from soc2test.evidence.journal import COLLECT, counts, lines, of_all_pages, written_from
from soc2test.evidence.manifest_text import manifest_of, read_manifest, write_manifest
from soc2test.evidence.record import Evidence
from soc2test.finding.file_names import by_path
from soc2test.folder_lock import FolderBusy, FolderLock
from soc2test.inventory.dating import Clock
from soc2test.progress.line import Line
from soc2test.progress.stderr import Stderr
from soc2test.reports.secret_values import redact
from soc2test.reports.text import terminal_text

__all__ = ["Wishes", "collect"]

_INTERRUPTED = 130
_ROUNDS = 30
"""Each names something new, so that there are few: lists, what they name, and what that names."""
_CHOSEN = ("witness", "nonce")
_OURS_ALONE = 0o077
"""exports are for whoever collects them, as the script has it"""
_PAUSE = 1.0
"""seconds before a call that failed for now is made again, at first"""


class Wishes(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked for on the command line."""

    sources: tuple[str, ...]
    plan_only: bool
    afresh: bool
    jobs: int
    witness: str
    nonce: str


@dataclass
class Done:
    """What became of all calls so far."""

    outcomes: dict[str, Outcome] = field(default_factory=dict)
    """file -> what became of the call that fills it, the last time it was made"""
    stopped: dict[str, StoppedScope] = field(default_factory=dict)
    later: list[tuple[str, str]] = field(default_factory=list)
    rounds: int = 0
    cut: bool = False
    """True where something new was named in the last round that is made"""
    useless: list[tuple[str, str]] = field(default_factory=list)
    """answers that are no export that a run relies on, with what is wrong"""

    @property
    def all_answered(self) -> bool:
        """True where each scope was asked, and each call got an answer of use."""
        ended = {outcome.ended for outcome in self.outcomes.values()}
        whole = not self.stopped and not self.cut and not self.useless
        return whole and ended <= {"answered", "documented", "denied", "refused"}


def collect(here: Here, exports: Path, wishes: Wishes) -> int:
    """The exit code. Raises `click.ClickException` where the exports can't be read or written."""
    try:
        if wishes.plan_only:
            stages, later = _plan(here, exports, wishes, first=None)
            _echo(told_plan(stages, _of(later, wishes)))
            return 0
        before = os.umask(_OURS_ALONE)
        try:
            exports.mkdir(parents=True, exist_ok=True)
            lock = FolderLock(exports)
            try:
                return _collect(here, exports, wishes)
            finally:
                lock.release()
        finally:
            os.umask(before)
    except FolderBusy:
        raise click.ClickException(f"another command collects into {exports}: wait until it has ended") from None
    except EvidenceError as error:
        raise click.ClickException(f"the exports can't be collected into: {error}") from None
    except OSError as error:
        text = f"{error.strerror or error}: what was collected stays, and `soc2test collect` goes on from there"
        raise click.ClickException(f"an answer can't be written: {text}") from None


def _collect(here: Here, exports: Path, wishes: Wishes) -> int:
    begun = Begun(exports, datetime.now(UTC))
    chosen = bool(wishes.witness or wishes.nonce)  # what was collected before it was chosen shows nothing of it
    begun.begin(wishes.sources, afresh=wishes.afresh or chosen)
    if begun.resumed:
        _say(f"goes on with the collection that began at {begun.since:%Y-%m-%dT%H:%M:%SZ}")
    else:
        _head(exports, wishes)
    line = Line(Stderr())
    collector = Collector(
        Keeper(exports), here.plugins.sources, begun.work, os.environ, jobs=wishes.jobs, pause=_pause(), watch=line
    )
    done = Done()
    try:
        while not done.cut and _round(here, exports, wishes, begun, collector, done):
            line.end()
            done.cut = done.rounds == _ROUNDS
    except KeyboardInterrupt:
        line.end()
        _seal(here, exports, begun, counted=False)
        _say("interrupted: `soc2test collect` goes on where it stopped")
        return _INTERRUPTED
    finally:
        line.end()
        collector.close()
    back = begun.put_back(lambda file: _still_counts(file, here, done))
    refused = _seal(here, exports, begun, counted=True)
    done.useless = _useless(here, exports, begun)
    begun.end()
    left = _of(done.later, wishes)
    told = here.plugins.sources
    _echo(summary(done.outcomes.values(), done.stopped.values(), left, back, refused, done.useless, told))
    if done.cut:
        _say(f"after {_ROUNDS} rounds something new was still named: call it again")
    return 0 if done.all_answered and not refused else 1


def _round(here: Here, exports: Path, wishes: Wishes, begun: Begun, collector: Collector, done: Done) -> bool:
    """Make the calls that can be named now and were not made yet; False where there are none."""
    stages, done.later = _plan(here, exports, wishes, first=begun.first)
    left = [_without(stage, done.outcomes) for stage in stages]
    left = [stage for stage in left if stage.calls and stage.name not in done.stopped]
    if not left:
        return False
    outcomes, stopped = collector.round(left)
    done.rounds += 1
    done.outcomes.update({outcome.call.file: outcome for outcome in outcomes})
    done.stopped.update({scope.name: scope for scope in stopped})
    _seal(here, exports, begun, counted=False)
    _say(round_line(done.rounds, outcomes, stopped))
    return bool(outcomes)


def _plan(here: Here, exports: Path, wishes: Wishes, first: int | None) -> tuple[list[Stage], list[tuple[str, str]]]:
    now = datetime.now(UTC)
    clock = Clock(now, None)
    loaded = load(here, exports, clock)
    reasons = met(loaded, here)
    found = _of_sources(records(loaded, here, clock, reasons), wishes.sources)
    asked = Asked(evidence={each.id: each for each in loaded.inventory.exports()}, counts=counts(exports, now, first))
    calls = [call for call in failed(loaded, here, reasons) if call.source in wishes.sources]
    return plan(found, calls, here, asked)


def _of_sources(found: Mapping[str, Any], sources: Iterable[str]) -> dict[str, Any]:
    """What is missing of these sources alone."""
    parts = [narrowed(dict(found), source, False) for source in sources]
    return {key: [each for part in parts for each in part[key]] for key in ("missing", "missing_for_resources")}


def _without(stage: Stage, outcomes: Mapping[str, Outcome]) -> Stage:
    """The calls of a scope that were not made by this command."""
    return replace(stage, calls=tuple(call for call in stage.calls if call.file not in outcomes))


def _still_counts(file: str, here: Here, done: Done) -> bool:
    """Whether an answer of before stays where no new one came.

    It goes only where it is about a thing that no list names any more: all of its scope was asked and answered, and
    nothing that would have asked for it failed to load.
    """
    if here.problems or done.cut:
        return True
    source = here.plugins.sources.get(file.partition("/")[0])
    claim = by_path(of_all_pages(file), source) if source is not None else None
    if source is None or claim is None or not source.operations[claim.operation].subject:
        return True
    scope = folder_of(file)
    ended = {each.ended for each in done.outcomes.values() if folder_of(each.call.file) == scope}
    asked = bool(ended) and scope not in {stopped.folder for stopped in done.stopped.values()}
    return not asked or bool(ended & {"unanswered", "not_run"})


def _useless(here: Here, exports: Path, begun: Begun) -> list[tuple[str, str]]:
    """Answers of this collection that a run can't rely on: a login page, part of a list, what is no such answer."""
    written = {line.file for line in written_from(lines(exports), begun.first) if line.how == "ok"}
    answers = [each for each in _read(here, exports) if each.path in written and each.code is None]
    wrong = [(each.path, each.problem or (each.gap[1] if each.gap is not None else "")) for each in answers]
    return [(file, text) for file, text in wrong if text]


def _read(here: Here, exports: Path) -> tuple[Evidence, ...]:
    """The exports, as old as they are."""
    now = datetime.now(UTC)
    found: tuple[Evidence, ...] = load(here, exports, Clock(now, now), of_any_age=True).inventory.exports()
    return found


def _head(exports: Path, wishes: Wishes) -> None:
    """What somebody else chose before anything was asked stands in the manifest."""
    said = dict(zip(_CHOSEN, (wishes.witness, wishes.nonce), strict=True))
    path = manifest_of(exports)
    value = read_manifest(path)
    kept = {key: each for key, each in value.items() if key not in said}
    given = {key: redact(text) for key, text in said.items() if text}
    if given or kept != value:
        write_manifest(path, {**given, **kept})


def _seal(here: Here, exports: Path, begun: Begun, *, counted: bool) -> list[tuple[str, str]]:
    """Write into the manifest what was collected; at the end with how many records each file holds."""

    def read() -> tuple[Evidence, ...]:
        return _read(here, exports) if counted else ()

    head = read_manifest(manifest_of(exports))
    chosen = {key: text for key in _CHOSEN if isinstance(text := head.get(key), str)}
    return seal(exports, here, read, tool=COLLECT, first=begun.first if counted else None, chosen=chosen).refused


def _of(later: Iterable[tuple[str, str]], wishes: Wishes) -> list[tuple[str, str]]:
    """What is left for people, of the sources that were asked; a no from before an interruption is an answer."""
    left = [(text, file) for text, file in later if not text.startswith("answered with ")]
    return [(text, file) for text, file in left if file.removeprefix("exports/").split("/")[0] in wishes.sources]


def _pause() -> float:
    text = os.environ.get("SOC2TEST_PAUSE", "")
    return float(text) if text.replace(".", "", 1).isdecimal() else _PAUSE


def _say(text: str) -> None:
    click.echo(terminal_text(f"collect: {text}", 400), err=True)


def _echo(text: str) -> None:
    for line in text.splitlines():
        click.echo(terminal_text(line, 1000))
