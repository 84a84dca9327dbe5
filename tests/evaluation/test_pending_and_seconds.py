"""Events whose limit is open, populations of events that are empty, and what stands behind the facts that decided."""

import signal
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from soc2test import Device, Identity, Incident, Person, Population, control, deviation, pending
from soc2test.controls.control import Control, control_of
from soc2test.errors import ControlDefinitionError
from soc2test.evaluation.evaluate import evaluate
from soc2test.evaluation.event_days import known_day
from soc2test.evaluation.limits import limits_of
from soc2test.populations.population import Gap
from soc2test.populations.teller import Teller
from soc2test.resources.resource import MEMBER, Origin, Resource, build
from soc2test.testing import AS_OF
from soc2test.verdicts import ControlResult, Verdict


class Told:
    """Populations of given members and gaps; sources whose names begin with "reg" are kept by hand."""

    def __init__(
        self,
        *members: Resource,
        gaps: Mapping[type[Resource], Sequence[Gap]] | None = None,
        tellers: Mapping[type[Resource], Iterable[Teller]] | None = None,
    ) -> None:
        self._members, self._gaps, self._tellers = members, gaps or {}, tellers or {}

    def members(self, kind: type[Resource]) -> list[Resource]:
        return [each for each in self._members if isinstance(each, kind)]

    def gaps(self, kind: type[Resource]) -> Sequence[Gap]:
        return self._gaps.get(kind, ())

    def population(self, kind: type[Resource]) -> Population[Any]:
        return Population(kind, self.members(kind), self.gaps(kind))

    def sources(self, kind: type[Resource]) -> Sequence[str]:
        return ("idp",) if kind is Identity else ("registers",)

    def tellers(self, kind: type[Resource]) -> frozenset[Teller]:
        return frozenset(self._tellers.get(kind, {Teller("test", kind.__name__)}))

    def nature(self, source: str) -> str:
        return "record" if source.startswith("reg") else "system"

    def constants(self, kind: type[Resource]) -> Mapping[str, Any]:
        return {}

    def declared(self, source: str | None) -> bool:
        return True


def one(kind: type[Resource], id: str, source: str, documented: tuple[str, ...] = (), **told: Any) -> Resource:
    return build(kind, id, told, origin=Origin(source, (f"{source}-1",), documented=documented))


def run(function: Callable[..., object], kinds: Told) -> ControlResult:
    spec = control_of(function)
    assert spec is not None
    return evaluate([spec], kinds, {spec.id: limits_of(spec, {})}, AS_OF)[spec.id].result


LATER = AS_OF + timedelta(days=1)


@control("OWN-01", criteria=["CC6.2"], nature="event")
def test_said(identity: Identity) -> None:
    """Its name says what happens."""
    if identity.name == "open":
        pending("not disabled 3 hours after 2026-11-20, limit 24 hours", until=AS_OF + timedelta(hours=21))
    assert identity.name == "good"


def users(*names: str) -> list[Resource]:
    return [one(Identity, f"{place}-{name}", "idp", name=name) for place, name in enumerate(names)]


@pytest.mark.parametrize(
    ("names", "verdict"),
    [
        (("open",), Verdict.NO_OCCURRENCES),
        (("open", "open"), Verdict.NO_OCCURRENCES),
        (("open", "good"), Verdict.PASS),
        (("open", "bad"), Verdict.FAIL),
        (("bad", "open", "good"), Verdict.FAIL),
    ],
)
def test_what_is_pending_is_counted_apart(names: tuple[str, ...], verdict: Verdict) -> None:
    result = run(test_said, Told(*users(*names)))
    assert result.verdict is verdict
    assert (result.pending, result.passed, result.deviations) == tuple(map(names.count, ("open", "good", "bad")))
    assert result.population == result.passed + result.deviations + result.pending + result.unknown + result.errors
    waiting = [each for each in result.findings if each.outcome == "pending"]
    assert {each.message for each in waiting} == {
        "not disabled 3 hours after 2026-11-20, limit 24 hours (pending until 2026-11-21 09:00 UTC)"
    }
    assert result.by_source["idp"].pending == len(waiting) == names.count("open")
    assert result.by_source["idp"].verdict is verdict


def test_only_pending_says_so() -> None:
    reason = run(test_said, Told(*users("open"))).reason
    assert reason is not None
    assert reason.code == "pending"


def test_a_gap_beside_pending_is_not_evaluated() -> None:
    kinds = Told(*users("open", "good"), gaps={Identity: [Gap("denied", "let it call", "idp")]})
    assert run(test_said, kinds).verdict is Verdict.NOT_EVALUATED


@control("OWN-02", criteria=["CC6.2"], nature="event", where=lambda identity: pending("not yet", until=LATER))
def test_where_waits(identity: Identity) -> None:
    """Its where= says that it is pending."""
    assert identity.name


@control("OWN-03", criteria=["CC6.2"], nature="event")
def test_all_wait(identities: Population[Identity]) -> None:
    """A whole population is pending."""
    for _ in identities:
        pending("not yet", until=LATER)
    assert identities.members


@pytest.mark.parametrize("function", [test_where_waits, test_all_wait])
def test_pending_belongs_to_one_resource_in_the_body(function: Callable[..., object]) -> None:
    result = run(function, Told(*users("good")))
    assert (result.verdict, result.pending) == (Verdict.ERROR, 0)


def waiting(until: Any, nature: str) -> Callable[..., object]:
    def test_it(identity: Identity) -> None:
        """It waits."""
        if identity.name == "open":
            pending("not yet", until=until)

    return control("OWN-10", criteria=["CC6.2"], nature=nature)(test_it)


@pytest.mark.parametrize(
    ("until", "nature", "text"),
    [
        (LATER, "event", ""),
        (LATER, "occurrence", ""),
        (AS_OF, "event", ""),  # until the very moment it is open
        (LATER.astimezone(ZoneInfo("Asia/Tokyo")), "event", ""),
        (LATER, "state", "it is the test of a state and calls pending()"),
        (None, "event", "does not say when its limit ends; write pending(text, until="),
        ("2026-12-01", "event", "does not say when its limit ends"),
        (LATER.replace(tzinfo=None), "event", "a moment without a time zone"),
        (datetime.max.replace(tzinfo=ZoneInfo("America/New_York")), "event", "or none at all"),
        (AS_OF - timedelta(seconds=1), "event", "which has passed: assert what must hold by now"),
    ],
)
def test_pending_is_for_events_and_ends(until: Any, nature: str, text: str) -> None:
    result = run(waiting(until, nature), Told(*users("open", "good")))
    assert (result.pending, result.errors) == ((0, 1) if text else (1, 0))
    assert result.verdict is (Verdict.ERROR if text else Verdict.PASS)
    message = result.findings[0].message
    assert text in message
    assert text or "(pending until 2026-11-2" in message


def nobody_was_disabled(identities: Population[Identity], as_of: datetime) -> None:
    """A second source."""
    off = [identity for identity in identities if not identity.active]
    assert not off, f"{len(off)} accounts are off"


def disagrees_with_a_value(identities: Population[Identity]) -> object:
    """It says something instead of asserting it."""
    return identities.members == ()


def breaks(identities: Population[Identity]) -> None:
    """It raises."""
    raise ValueError(f"canary {len(identities.members)}")


def event(agrees: Callable[..., object] | None, nature: str = "event") -> Callable[..., object]:
    @control(
        "OWN-04",
        criteria=["CC7.3"],
        nature=nature,
        on_empty="no_occurrences",
        agrees=agrees,
        where=lambda incident: incident.title != "drill",
    )
    def test_incident(incident: Incident) -> None:
        """Every incident has a severity."""
        assert incident.severity

    return test_incident


ON, OFF = one(Identity, "on", "idp", active=True), one(Identity, "off", "idp", active=False)
UNSAID = one(Identity, "unsaid", "idp")
DRILL = one(Incident, "drill", "registers", title="drill")


@pytest.mark.parametrize(
    ("agrees", "members", "verdict", "says"),
    [
        (None, (ON,), "not_evaluated", "no second source"),
        (nobody_was_disabled, (ON,), "no_occurrences", "complete and empty"),
        (nobody_was_disabled, (), "no_occurrences", "complete and empty"),
        (nobody_was_disabled, (ON, OFF), "not_evaluated", "but 1 accounts are off"),
        (nobody_was_disabled, (ON, UNSAID), "not_evaluated", "can't tell"),
        (disagrees_with_a_value, (ON,), "not_evaluated", "returned a value"),
        (breaks, (ON,), "not_evaluated", "raised ValueError"),
    ],
)
def test_nothing_occurred_only_where_a_second_source_agrees(
    agrees: Callable[..., object] | None, members: tuple[Resource, ...], verdict: str, says: str
) -> None:
    for beside in ((), (DRILL,)):
        result = run(event(agrees), Told(*members, *beside))
        assert (result.verdict.value, result.population) == (verdict, 0)
        assert result.reason is not None
        assert says in result.reason.text
        assert "canary" not in result.reason.text


def interrupted(identities: Population[Identity]) -> None:
    """A time limit ends it."""
    signal.raise_signal(signal.SIGUSR1)
    assert not identities.members


def test_what_a_signal_handler_raises_comes_out_of_a_second_source(handled: None) -> None:
    with pytest.raises(TimeoutError, match="time is over"):
        run(event(interrupted), Told(ON))


def test_what_a_signal_handler_raises_comes_out_of_the_day_of_an_event(handled: None) -> None:
    def day(incident: Incident) -> datetime:
        signal.raise_signal(signal.SIGUSR1)
        return AS_OF

    def broken(incident: Incident) -> datetime:
        raise ValueError("canary")

    def dated_by(tell: Callable[[Incident], datetime]) -> Control:
        @control("OWN-05", criteria=["CC7.3"], nature="event", on_empty="no_occurrences", dated=tell)
        def test_incident(incident: Incident) -> None:
            """Every incident has a severity."""
            assert incident.severity

        spec = control_of(test_incident)
        assert spec is not None
        return spec

    berlin = ZoneInfo("Europe/Berlin")
    with pytest.raises(TimeoutError, match="time is over"):
        known_day(dated_by(day), DRILL, berlin)
    assert known_day(dated_by(broken), DRILL, berlin) is None
    assert known_day(dated_by(lambda incident: datetime(2026, 3, 1, 23, 30, tzinfo=UTC)), DRILL, berlin) == date(2026, 3, 2)


@pytest.fixture
def handled() -> Iterator[None]:
    """A handler that raises, as one of a time limit does."""

    def handler(number: int, frame: object) -> None:
        raise TimeoutError("time is over")

    before = signal.signal(signal.SIGUSR1, handler)
    yield
    signal.signal(signal.SIGUSR1, before)


def no_incident_is_told(incidents: Population[Incident], as_of: datetime) -> None:
    """It reads the very population that is empty."""
    assert not [incident for incident in incidents if incident.title == "fire"]


def looks_at_nothing(identities: Population[Identity]) -> None:
    """It does not look at what it takes."""
    assert not ()


OURS = Teller("registers", "incidents", "record", "a1")
ITSELF = "agrees with itself"


@pytest.mark.parametrize(
    ("agrees", "beside", "says"),
    [
        (no_incident_is_told, {OURS}, ITSELF),
        (nobody_was_disabled, {OURS}, ITSELF),
        (nobody_was_disabled, {OURS._replace(digest="b2")}, ITSELF),  # another file of the same register
        (nobody_was_disabled, {Teller("sheet", "events", "record", "a1")}, ITSELF),  # a copy of it by another name
        (nobody_was_disabled, set(), "nothing was exported that its second source asks"),
        (nobody_was_disabled, {Teller("registers", "people", "record", "b2")}, ""),
        (nobody_was_disabled, {OURS, Teller("idp", "users list", "system", "c3")}, ""),
        (nobody_was_disabled, {Teller("idp", "users list", "system", "a1")}, ""),  # two empty lists are alike
    ],
)
def test_a_second_source_that_reads_the_same_agrees_with_itself(
    agrees: Callable[..., object], beside: set[Teller], says: str
) -> None:
    result = run(event(agrees), Told(ON, tellers={Incident: {OURS}, Identity: beside}))
    assert result.verdict is (Verdict.NOT_EVALUATED if says else Verdict.NO_OCCURRENCES)
    assert result.reason is not None
    assert says in result.reason.text


def names_who_is_on(identities: Population[Identity]) -> None:
    """Who is on would show that something occurred."""
    for identity in identities:
        deviation(identity, f"{identity.id} is on")


def test_a_second_source_may_name_what_it_shows() -> None:
    result = run(event(names_who_is_on), Told(ON))
    assert result.verdict is Verdict.NOT_EVALUATED
    assert result.findings == ()
    assert result.reason is not None
    assert result.reason.code == "contradicted"
    assert result.reason.text.endswith(f"but {ON.id} is on")
    several = run(event(names_who_is_on), Told(ON, *users("b", "c"))).reason
    assert several is not None
    assert several.text.endswith("is on and 2 more")


@control(
    "OWN-20", criteria=["CC7.3"], supports={"CC7.4": "it helps"}, severity="high", operates="quarterly", nature="occurrence",
    limits={"days": 3}, looser={"days": "higher"},
)  # fmt: skip
def test_with_all_that_it_says(identity: Identity) -> None:
    """What it says of itself."""
    assert identity.name


@control("OWN-21", criteria=[], supports={"CC4.1": "it is about the evidence"}, reliance=True, nature="state")
def test_about_the_evidence(identity: Identity) -> None:
    """The evidence."""
    assert identity.name


@pytest.mark.parametrize("function", [test_with_all_that_it_says, test_about_the_evidence, test_said])
def test_a_result_says_what_its_control_says_of_itself(function: Callable[..., object]) -> None:
    spec, result = control_of(function), run(function, Told(ON))
    assert spec is not None
    for name in ("id", "title", "criteria", "supports", "severity", "operates", "nature", "reliance"):
        assert getattr(result, name) == getattr(spec, name), name
    assert {id: limit.value for id, limit in result.limits.items()} == spec.limits


def test_a_second_source_with_a_gap_agrees_with_nothing() -> None:
    kinds = Told(ON, gaps={Identity: [Gap("denied", "let it call", "idp")]})
    assert run(event(nobody_was_disabled), kinds).verdict is Verdict.NOT_EVALUATED


def test_a_state_over_a_register_says_nothing_where_the_register_is_empty() -> None:
    assert run(event(None, "state"), Told(ON)).verdict is Verdict.NOT_EVALUATED
    assert run(event(None, "state"), Told(ON, DRILL)).verdict is Verdict.NO_OCCURRENCES


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"agrees": nobody_was_disabled}, 'write on_empty="no_occurrences" with it'),
        ({"agrees": print, "on_empty": "no_occurrences"}, "must be a plain function"),
        ({"agrees": lambda: None, "on_empty": "no_occurrences"}, "takes populations"),
        ({"agrees": looks_at_nothing, "on_empty": "no_occurrences"}, "takes 'identities' and never looks at it"),
        ({"nature": ""}, 'it has no nature: say nature="state"'),
        ({"nature": "daily"}, "nature is 'daily': say nature="),
        ({"reliance": True}, "is evidence of no criterion: move criteria= to supports="),
        ({"criteria": []}, "name at least one criterion that it tests, or one that it supports"),
    ],
)
def test_what_is_declared_wrongly_is_refused(options: dict[str, Any], says: str) -> None:
    def test_it(identity: Identity) -> None:
        """It holds."""

    with pytest.raises(ControlDefinitionError) as caught:
        control("OWN-05", **{"criteria": ["CC6.1"], "nature": "event", **options})(test_it)
    assert says in str(caught.value)


@control("OWN-06", criteria=["CC6.2"], nature="state", where=lambda device: device.status == "in_use")
def test_kept(device: Device, persons: Population[Person], identities: Population[Identity]) -> None:
    """Reads facts of three kinds."""
    named = [identity for identity in identities if identity.owner == device.owner_email]
    assert device.disk_encrypted, f"{device.name} is not encrypted"
    assert persons.all("email", device.owner_email)
    assert not named


LAPTOP: dict[str, Any] = {"status": "in_use", "owner_email": "ann@acme.example", "disk_encrypted": True, "name": "mac"}
ANN: dict[str, Any] = {"email": "ann@acme.example"}
DECIDE = ("status", "disk_encrypted", "owner_email")


@pytest.mark.parametrize(
    ("device", "documented", "person", "identity", "natures"),
    [
        ("registers", (), "registers", None, ("record",)),
        ("mdm", (), "hris", "idp", ("system",)),
        ("mdm", (), "registers", "idp", ("system", "record")),
        ("registers", ("disk_encrypted",), "registers", None, ("document", "record")),
        ("registers", DECIDE, "hris", None, ("system", "document")),  # name is only in a message
        ("registers", DECIDE, "registers", "idp", ("system", "document", "record")),
    ],
)
def test_a_test_rests_on_the_facts_that_decide_it(
    device: str, documented: tuple[str, ...], person: str, identity: str | None, natures: tuple[str, ...]
) -> None:
    members = [one(Device, "d", device, documented, **LAPTOP), one(Person, "ann", person, **ANN)]
    members += [one(Identity, "i", identity, owner="bob@acme.example")] if identity else []
    result = run(test_kept, Told(*members))
    assert (result.verdict, result.rests_on) == (Verdict.PASS, natures)


def test_one_row_without_a_document_makes_the_test_one_on_records() -> None:
    two = [one(Device, "a", "registers", DECIDE, **LAPTOP), one(Device, "b", "registers", **LAPTOP)]
    assert run(test_kept, Told(*two, one(Person, "ann", "hris", **ANN))).rests_on == ("system", "document", "record")


@pytest.mark.parametrize(
    ("documented", "person", "by_hand"),
    [
        ((), "registers", True),
        (("disk_encrypted",), "registers", True),  # the rest of what is tested stands in the row alone
        (DECIDE, "registers", False),
        ((), "hris", False),
    ],
)
def test_documents_count_where_they_show_all_that_is_tested(
    documented: tuple[str, ...], person: str, by_hand: bool
) -> None:
    members = [one(Device, "d", "registers", documented, **LAPTOP), one(Person, "ann", person, **ANN)]
    assert run(test_kept, Told(*members)).kept_by_hand is by_hand


@pytest.mark.parametrize(("nature", "by_hand"), [("state", False), ("event", True), ("occurrence", True)])
def test_a_list_of_events_that_is_kept_by_hand_is_a_record_whatever_shows_each_of_them(
    nature: str, by_hand: bool
) -> None:
    shown = one(Incident, "INC-1", "registers", ("severity", "title"), title="outage", severity="high")
    assert run(event(None, nature), Told(shown)).kept_by_hand is by_hand


def test_an_empty_population_rests_on_the_sources_that_would_tell_it() -> None:
    assert run(event(nobody_was_disabled), Told(ON)).rests_on == ("record",)


@control("OWN-11", criteria=["CC6.2"], nature="state")
def test_takes_too_much(device: Device, identities: Population[Identity]) -> None:
    """It takes a system's accounts and never looks at them."""
    assert device.disk_encrypted


@control("OWN-12", criteria=["CC6.2"], nature="state", against=["identities"])
def test_asks_what_contradicts(device: Device, identities: Population[Identity]) -> None:
    """A system's accounts could but contradict it."""
    assert device.disk_encrypted
    assert not identities.all("owner", device.id).hits


def test_a_system_that_can_but_contradict_rows_does_not_make_more_of_them() -> None:
    result = run(test_asks_what_contradicts, Told(one(Device, "d", "registers", **LAPTOP), ON))
    assert (result.verdict, result.rests_on, result.kept_by_hand) == (Verdict.PASS, ("record",), True)


@control("OWN-13", criteria=["CC6.2"], nature="state", beside=["incidents"])
def test_takes_an_excuse(identity: Identity, incidents: Population[Incident]) -> None:
    """A row kept by hand excuses an account."""
    assert not identity.active or incidents.all("title", identity.id).hits


def test_rows_that_excuse_make_less_of_a_system() -> None:
    result = run(test_takes_an_excuse, Told(ON, one(Incident, "i", "registers", title=ON.id)))
    assert (result.verdict, result.rests_on) == (Verdict.PASS, ("system", "record"))


def test_a_system_that_a_test_never_looks_at_does_not_make_more_of_its_rows() -> None:
    result = run(test_takes_too_much, Told(one(Device, "d", "registers", **LAPTOP), ON))
    assert (result.verdict, result.rests_on, result.kept_by_hand) == (Verdict.PASS, ("record",), True)


@pytest.mark.parametrize(("by_hand", "rests_on"), [((MEMBER,), "record"), (("active",), "record"), (("name",), "system"), ((), "system")])
def test_a_system_s_resource_that_rows_alone_name_is_their_word(by_hand: tuple[str, ...], rests_on: str) -> None:
    @control("OWN-06", criteria=["CC6.2"], nature="state")
    def test_on(identity: Identity) -> None:
        """Every account is on."""
        assert identity.active

    origin = Origin("idp", ("idp-1",), by_hand=by_hand)
    result = run(test_on, Told(build(Identity, "a", {"active": True, "name": "a"}, origin=origin)))
    assert (result.verdict, result.rests_on) == (Verdict.PASS, (rests_on,))
