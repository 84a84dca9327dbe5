"""The rounds of `soc2test collect`, from the plan to the sealed manifest."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
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
from soc2test.collecting.keeping import TOOL, Keeper
from soc2test.collecting.rounds import Collector, Outcome, StoppedScope
from soc2test.errors import EvidenceError
from soc2test.evidence.journal import counts
from soc2test.evidence.manifest_text import manifest_of, read_manifest, write_manifest
from soc2test.inventory.dating import Clock
from soc2test.progress.line import Line
from soc2test.progress.stderr import Stderr
from soc2test.reports.secret_values import redact
from soc2test.reports.text import terminal_text

__all__ = ["Wishes", "collect"]

_INTERRUPTED = 130
_ROUNDS = 30
"""Each names something new, so that there are few: lists, what they name, and what that names."""
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

    @property
    def all_answered(self) -> bool:
        """True where each scope was asked, and each call got an answer."""
        ended = {outcome.ended for outcome in self.outcomes.values()}
        return not self.stopped and ended <= {"answered", "documented", "denied", "refused"}


def collect(here: Here, exports: Path, wishes: Wishes) -> int:
    """The exit code. Raises `click.ClickException` where the exports can't be read or written."""
    try:
        if wishes.plan_only:
            stages, later = _plan(here, exports, wishes, since=None)
            _echo(told_plan(stages, _of(later, wishes)))
            return 0
        exports.mkdir(parents=True, exist_ok=True)
        return _collect(here, exports, wishes)
    except EvidenceError as error:
        raise click.ClickException(f"the exports can't be collected into: {error}") from None
    except OSError as error:
        text = f"{error.strerror or error}: what was collected stays, and `soc2test collect` goes on from there"
        raise click.ClickException(f"an answer can't be written: {text}") from None


def _collect(here: Here, exports: Path, wishes: Wishes) -> int:
    begun = Begun(exports, datetime.now(UTC))
    begun.begin(wishes.sources, afresh=wishes.afresh)
    if begun.resumed:
        _say(f"goes on with the collection that began at {begun.since:%Y-%m-%dT%H:%M:%SZ}")
    _head(exports, wishes)
    line = Line(Stderr())
    collector = Collector(
        Keeper(exports), here.plugins.sources, begun.work, os.environ, jobs=wishes.jobs, pause=_pause(), watch=line
    )
    done = Done()
    try:
        while done.rounds < _ROUNDS and _round(here, exports, wishes, begun, collector, done):
            line.end()
    except KeyboardInterrupt:
        line.end()
        _seal(here, exports, begun, counted=False)
        _say("interrupted: `soc2test collect` goes on where it stopped")
        return _INTERRUPTED
    finally:
        line.end()
        collector.close()
    back = begun.put_back(lambda file: _lacks(file, done))
    refused = _seal(here, exports, begun, counted=True)
    begun.end()
    _echo(summary(done.outcomes.values(), done.stopped.values(), _of(done.later, wishes), back, refused))
    return 0 if done.all_answered and not refused else 1


def _round(here: Here, exports: Path, wishes: Wishes, begun: Begun, collector: Collector, done: Done) -> bool:
    """Make the calls that can be named now and were not made yet; False where there are none."""
    stages, done.later = _plan(here, exports, wishes, since=begun.since)
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


def _plan(
    here: Here, exports: Path, wishes: Wishes, since: datetime | None
) -> tuple[list[Stage], list[tuple[str, str]]]:
    now = datetime.now(UTC)
    clock = Clock(now, None)
    folder = exports if exports.is_dir() else exports.parent
    loaded = load(here, folder, clock)
    reasons = met(loaded, here)
    found = _of_sources(records(loaded, here, clock, reasons), wishes.sources)
    asked = Asked(evidence={each.id: each for each in loaded.inventory.exports()}, counts=counts(exports, now, since))
    calls = [call for call in failed(loaded, here, reasons) if call.source in wishes.sources]
    return plan(found, calls, here, asked)


def _of_sources(found: Mapping[str, Any], sources: Iterable[str]) -> dict[str, Any]:
    """What is missing of these sources alone."""
    parts = [narrowed(dict(found), source, False) for source in sources]
    return {key: [each for part in parts for each in part[key]] for key in ("missing", "missing_for_resources")}


def _without(stage: Stage, outcomes: Mapping[str, Outcome]) -> Stage:
    """The calls of a scope that were not made by this command."""
    return Stage(
        source=stage.source,
        name=stage.name,
        tools=stage.tools,
        variables=stage.variables,
        environment=stage.environment,
        whoami=stage.whoami,
        calls=tuple(call for call in stage.calls if call.file not in outcomes),
    )


def _lacks(file: str, done: Done) -> bool:
    """Whether an answer of before still counts: its scope was not asked, or not all of it was answered."""
    parts = file.split("/")
    unanswered = [each for each in done.outcomes.values() if each.ended in ("unanswered", "not_run")]
    scopes = {tuple(each.call.file.removeprefix("exports/").split("/")[:2]) for each in unanswered}
    if tuple(parts[:2]) in scopes:
        return True
    return any(scope.source == parts[0] and scope.name.split()[-1] in parts for scope in done.stopped.values())


def _head(exports: Path, wishes: Wishes) -> None:
    """What somebody else chose before anything was asked stands in the manifest."""
    said = {"witness": wishes.witness, "nonce": wishes.nonce}
    path = manifest_of(exports)
    value = read_manifest(path)
    kept = {key: each for key, each in value.items() if key not in said}
    given = {key: redact(text) for key, text in said.items() if text}
    if given or kept != value:
        write_manifest(path, {**given, **kept})


def _seal(here: Here, exports: Path, begun: Begun, *, counted: bool) -> list[tuple[str, str]]:
    """Write into the manifest what was collected; at the end with how many records each file holds."""
    now = datetime.now(UTC)

    def read() -> Any:
        return load(here, exports, Clock(now, now), of_any_age=True).inventory.exports() if counted else ()

    return seal(exports, here, read, tool=TOOL, since=begun.since if counted else None).refused


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
