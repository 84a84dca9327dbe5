"""A company of its own over half a year: a small service's exports, recorded day by day in a store beside it."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from soc2test.company_controls.records import CompanyControl
from soc2test.controls.control import Control
from soc2test.controls.packs import load_pack, pack_folders
from soc2test.evaluation.running import Raises
from soc2test.evidence.read_limits import ReadLimits
from soc2test.exceptions.records import RevisionEntry
from soc2test.period.calendar import Period
from soc2test.period.evaluate_period import Asked, evaluate_period
from soc2test.period.found import PeriodFound
from soc2test.period.openings import Processes
from soc2test.period.replaying import Tests
from soc2test.run import AsOf, Tool
from soc2test.sources.loading import Plugins, load_plugins
from soc2test.store.chain import Store
from soc2test.store.objects import NoSuchObject, Objects
from soc2test.store.recording import Given, Results, record
from soc2test.store.records import Head, Origin
from soc2test.verdicts import ControlResult

__all__ = ["BERLIN", "DAY", "FIRST", "HOURS", "LAST", "ORIGIN", "HalfYear", "at", "days"]

BERLIN = ZoneInfo("Europe/Berlin")
FIRST, LAST = date(2026, 1, 1), date(2026, 6, 30)
DAY = timedelta(days=1)
ORIGIN = Origin(
    recorded_at="2026-08-20T00:00:00Z",
    commit=None,
    clean=None,
    ci={},
    evidence_from=None,
    evidence_to=None,
    collections=(),
    witness=None,
    nonce=None,
)
"""where and when somebody prunes"""

PLUGIN = '''
from datetime import datetime

from soc2test import Facts, Item, Resource, Source, Subject, facts, hookimpl, unpaged

LISTS = {}


class Bucket(Resource, frozen=True, gc=False, kw_only=True):
    """A bucket."""

    public: bool


class Leaver(Resource, frozen=True, gc=False, kw_only=True):
    """Somebody who left."""

    left_at: datetime
    removed_at: datetime | None


class Review(Resource, frozen=True, gc=False, kw_only=True):
    """A review that was done."""

    done_at: datetime


class Exercise(Resource, frozen=True, gc=False, kw_only=True):
    """An exercise that was held."""

    done_at: datetime


class Ticket(Resource, frozen=True, gc=False, kw_only=True):
    """An incident."""

    detected_at: datetime
    severity: str
    answered_at: datetime | None


cloud = Source("cloud", scope=("account",), command="cloud {operation}", nature="system", paging=unpaged)
book = Source("book", scope=("account",), command="book {operation}", nature="record", paging=unpaged)


@cloud.reads("buckets", kind=Bucket, items="items", lists=True)
def bucket(item: Item, at: Subject) -> Facts:
    return facts(item["id"], public=item["public"])


@cloud.reads("leavers", kind=Leaver, items="items", lists=True)
def leaver(item: Item, at: Subject) -> Facts:
    return facts(item["id"], left_at=item.time("left_at"), removed_at=item.time("removed_at"))


@book.reads("reviews", kind=Review, items="items", lists=True)
def review(item: Item, at: Subject) -> Facts:
    return facts(item["id"], done_at=item.time("done_at"))


@book.reads("exercises", kind=Exercise, items="items", lists=True)
def exercise(item: Item, at: Subject) -> Facts:
    return facts(item["id"], done_at=item.time("done_at"))


@book.reads("tickets", kind=Ticket, items="items", lists=True)
def ticket(item: Item, at: Subject) -> Facts:
    return facts(
        item["id"], detected_at=item.time("detected_at"), severity=item["severity"], answered_at=item.time("answered_at")
    )


@hookimpl
def soc2_sources():
    return [cloud, book]
'''

POLICY = '''
from datetime import datetime, timedelta
from typing import Any

from plugins.cloud import Bucket, Exercise, Leaver, Review, Ticket
from soc2test import Population, any_of, control, pending


@control("OWN-01", criteria=["CC6.1"], nature="state")
def test_no_bucket_is_public(bucket: Bucket) -> None:
    """No bucket is public."""
    assert not bucket.public, "is public"


@control(
    "OWN-02", criteria=["CC6.2"], nature="event", operates="per event", dated="left_at", limits={"hours": 72},
    looser={"hours": "higher"}, where=lambda leaver, as_of: leaver.left_at <= as_of,
)
def test_leavers_lose_access(leaver: Leaver, limits: Any, as_of: datetime) -> None:
    """Who left loses access in time."""
    limit = timedelta(hours=limits.hours)
    if leaver.removed_at is None and as_of - leaver.left_at <= limit:
        pending("not removed yet", until=leaver.left_at + limit)
    assert leaver.removed_at is not None, "was not removed"
    took = leaver.removed_at - leaver.left_at
    assert took <= limit, f"removed {took / timedelta(hours=1):g} hours after, limit {limits.hours}"


@control(
    "OWN-03", criteria=["CC6.3"], nature="occurrence", operates="quarterly", dated="done_at", limits={"quarters": 4},
    looser={"quarters": "lower"}, on_empty="fail",
)
def test_access_is_reviewed_each_quarter(reviews: Population[Review], limits: Any, as_of: datetime) -> None:
    """Access is reviewed in each quarter."""
    month = as_of.month - (as_of.month - 1) % 3
    end = as_of.replace(month=month, day=1, hour=0, minute=0, second=0, microsecond=0)
    for _ in range(limits.quarters):
        begin = end.replace(year=end.year - (end.month == 1), month=(end.month - 4) % 12 + 1)
        done = any_of(reviews, lambda review, a=begin, b=end: a <= review.done_at < b)
        assert done, f"no review in the quarter that began {begin:%Y-%m-%d}"
        end = begin


@control(
    "OWN-04", criteria=["CC7.5"], nature="occurrence", operates="yearly", dated="done_at", limits={"days": 365},
    looser={"days": "higher"}, on_empty="fail",
)
def test_an_exercise_was_held(exercises: Population[Exercise], limits: Any, as_of: datetime) -> None:
    """An exercise was held within the year."""
    since = as_of - timedelta(days=limits.days)
    assert any_of(exercises, lambda exercise: since <= exercise.done_at <= as_of), "no exercise within the year"


@control(
    "OWN-05", criteria=["CC7.4"], nature="event", operates="per event", dated="detected_at",
    limits={"high_hours": 4, "low_hours": 48}, looser={"high_hours": "higher", "low_hours": "higher"},
    on_empty="no_occurrences",
)
def test_incidents_are_answered(ticket: Ticket, limits: Any, as_of: datetime) -> None:
    """Incidents are answered in the hours of their severity."""
    limit = timedelta(hours=limits.high_hours if ticket.severity == "high" else limits.low_hours)
    if ticket.answered_at is None and as_of - ticket.detected_at <= limit:
        pending("not answered yet", until=ticket.detected_at + limit)
    assert ticket.answered_at is not None, "was not answered"
    assert ticket.answered_at - ticket.detected_at <= limit, "was answered late"


@control(
    "OWN-06", criteria=["CC4.1"], nature="occurrence", operates="monthly", dated="done_at", limits={"months": 3},
    looser={"months": "lower"}, on_empty="fail",
)
def test_reviews_happen_each_month(reviews: Population[Review], limits: Any, as_of: datetime) -> None:
    """A review happens in each month."""
    end = as_of.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    for _ in range(limits.months):
        begin = (end - timedelta(days=1)).replace(day=1)
        done = any_of(reviews, lambda review, a=begin, b=end: a <= review.done_at < b)
        assert done, f"no review in {begin:%Y-%m}"
        end = begin
'''

SOC2 = """
system: Half a year
time_zone: Europe/Berlin
sources: {{cloud: {{accounts: {accounts}}}, book: {{accounts: [own]}}}}
{more}
"""
HOURS = "limits: {OWN-02: {hours: 24}}"
"""stricter than the test's own 72, so that nobody has to approve it"""


def at(text: str) -> datetime:
    """A moment in Berlin: "2026-03-03 03:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def days(first: str, last: str, hour: int = 3, without: Iterable[str] = (), every: int = 4) -> list[datetime]:
    """A moment on every so many days, the first and the last included: many tests are about these two alone."""
    begin, end, left = date.fromisoformat(first), date.fromisoformat(last), set(without)
    found = [*(begin + timedelta(days=days) for days in range(0, (end - begin).days, every)), end]
    return [at(f"{day} {hour:02}:00") for day in found if day.isoformat() not in left]


class Memory:
    """Objects of a store that lives as long as a test."""

    shown = "memory"
    at_once = 1

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def read(self, name: str) -> bytes:
        if name not in self.kept:
            raise NoSuchObject(name)
        return self.kept[name]

    def create(self, name: str, content: bytes) -> bool:
        if name in self.kept:
            return False
        self.kept[name] = content
        return True

    def settle(self, names: Iterable[str]) -> None:
        assert set(names) <= self.kept.keys()

    def present(self, names: Iterable[str]) -> set[str]:
        return set(names) & self.kept.keys()

    def list(self, folder: str) -> list[str]:
        return sorted(name for name in self.kept if name.startswith(f"{folder}/"))

    def delete(self, name: str) -> None:
        self.kept.pop(name, None)

    def sweep(self) -> None:
        """Nobody was killed."""


class HalfYear:
    """The company below `root`; what is written stays until it is written anew. `objects` are those of its store."""

    def __init__(self, root: Path, objects: Objects | None = None) -> None:
        self.root = root / "company"
        self.store = Store(objects or Memory())
        self.scratch = root
        self.write("plugins/cloud.py", PLUGIN)
        self.write("policies/checks.py", POLICY)
        self.promise()
        for name, source in (("buckets", "cloud"), ("leavers", "cloud")):
            self.export(source, "one", name, [])
        for name in ("reviews", "exercises", "tickets"):
            self.export("book", "own", name, [])

    def write(self, name: str, text: str) -> None:
        """A file below the root."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def promise(self, more: str = HOURS, accounts: str = "[one]") -> None:
        """What soc2.yaml says from now on."""
        self.write("soc2.yaml", SOC2.format(more=more, accounts=accounts))

    def export(self, source: str, account: str, name: str, items: Iterable[Mapping[str, Any]] | None) -> None:
        """An export from now on; None: it is there no more."""
        path = f"exports/{source}/{account}/{name}.json"
        if items is None:
            (self.root / path).unlink(missing_ok=True)
            return
        self.write(path, json.dumps({"items": list(items)}))

    def record(self, *moments: datetime) -> Head:
        """Record what lies there, exported at each of these moments and recorded then."""
        for moment in moments:
            head = self.record_late(moment, moment)
        return head

    def record_late(self, exported: datetime, recorded: datetime, results: Results | None = None) -> Head:
        """Record it later than it was exported; `results` are what a run found."""
        text = exported.astimezone(UTC).isoformat().replace("+00:00", "Z")
        self.write("exports/manifest.yaml", f"collected_at: {text}\n")
        given = Given(
            root=self.root,
            file=self.root / "soc2.yaml",
            system="Half a year",
            exports=self.root / "exports",
            reading=ReadLimits(),
            results=None if results is None else msgspec.structs.replace(results, read=self._read()),
        )
        return record(self.store, given, recorded)

    def record_as(self, moment: datetime, recorded: datetime, as_of: AsOf) -> Head:
        """Record what lies there, which says no moment of itself, for another moment."""
        results = Results(
            as_of=as_of, complete=True, incomplete_because=None, verdicts={}, tool=Tool("0.1", (), ()), controls=b"",
            findings=b"", read=self._read(), unclaimed=frozenset(), documents={}, programme={}, dates=(moment,),
        )  # fmt: skip
        given = Given(
            root=self.root,
            file=self.root / "soc2.yaml",
            system="Half a year",
            exports=self.root / "exports",
            reading=ReadLimits(),
            results=results,
        )
        return record(self.store, given, recorded)

    def _read(self) -> dict[str, str]:
        """What a run reads of the exports."""
        exports = self.root / "exports"
        files = [path for path in exports.rglob("*") if path.is_file() and path.name != "manifest.yaml"]
        return {str(path.relative_to(exports)): sha256(path.read_bytes()).hexdigest() for path in files}

    def evaluate(self, *args: Any, **more: Any) -> PeriodFound:
        """The period, with all that was recorded until then, as it is `asked`."""
        folder = self.scratch / f"shown-{len(list(self.scratch.iterdir()))}"
        folder.mkdir()
        return evaluate_period(self.store, self.asked(*args, **more), folder)

    def asked(
        self,
        first: date = FIRST,
        last: date = LAST,
        *,
        until: date | None = None,
        max_gap_days: int = 7,
        now: datetime | None = None,
        revisions: Sequence[RevisionEntry] = (),
        described: Sequence[CompanyControl] = (),
        watched: Mapping[str, Collection[str]] = MappingProxyType({}),
        remember: bool = True,
        processes: int = 1,
    ) -> Asked:
        """What is asked of a period; without `remember` each snapshot is evaluated afresh."""
        plugins, controls = _tests(self.root)
        period = Period(first=first, last=last, zone=BERLIN)
        return Asked(
            period=period,
            report_day=until or last + timedelta(days=20),
            max_gap_days=max_gap_days,
            schedule=None,
            tests=Tests(controls=controls, loaded=controls, plugins=plugins, raises=Raises(), remember=remember),
            now=now or at("2026-12-01 00:00"),
            revisions=revisions,
            described=described,
            watched=watched,
            processes=Processes(count=processes),
        )

    def result(self, control: str, **more: Any) -> ControlResult:
        """The result of one control over the half year."""
        return self.evaluate(**more).results[control]


_loaded: dict[Path, tuple[Plugins, list[Control]]] = {}


def _tests(root: Path) -> tuple[Plugins, list[Control]]:
    if root not in _loaded:
        plugins = load_plugins(root / "plugins")
        (own,) = [each for each in pack_folders(root) if each[1] == root / "policies"]
        pack = load_pack(*own)
        assert not plugins.unloaded, plugins.unloaded
        assert not pack.broken, pack.broken
        _loaded[root] = plugins, [control for file in pack.files for control in file.controls]
    return _loaded[root]
