"""Second populations in a sheet: only who told members is named, and none that agrees with itself counts."""

from collections.abc import Mapping
from typing import Any

from reports.demo import demo_run

from soc2test import AccountEvent, Identity, Person, Population, control
from soc2test.controls.control import Control, control_of
from soc2test.listing.second_populations import Second, Seconds, ToldBy, seconds_of
from soc2test.listing.sheets import as_markdown
from soc2test.populations.teller import Teller
from soc2test.resources.kinds import DeclaredScope
from soc2test.resources.resource import Origin, Resource, build

from .test_folder import sheet

PEOPLE = Teller("registers", "people", "record", "1")
OKTA, GITHUB = Teller("okta", "listUsers", digest="2"), Teller("github", "list-members", digest="3")
LOG = Teller("okta", "listEvents", digest="4")


class Exports:
    """What was exported: calls by evidence id, which of them list a kind, and its members with their evidence."""

    def __init__(
        self,
        calls: Mapping[str, Teller],
        lists: Mapping[type[Resource], set[str]],
        members: Mapping[type[Resource], list[tuple[str, ...]]],
        streamed: frozenset[type[Resource]] = frozenset(),
    ) -> None:
        self._calls, self._lists, self._members, self._streamed = calls, lists, members, streamed

    def population(self, kind: type[Resource]) -> Population[Any]:
        members = [
            build(kind, f"{number}", {}, {}, Origin("somebody", evidence))
            for number, evidence in enumerate(self._members.get(kind, ()))
        ]
        return Population(kind, members)

    def streams(self, kind: type[Resource]) -> bool:
        return kind in self._streamed

    def tellers(self, kind: type[Resource]) -> frozenset[Teller]:
        if kind is DeclaredScope:
            return frozenset({Teller("soc2test", "DeclaredScope")})
        return frozenset(self._calls[id] for id in self._lists.get(kind, ()))

    def calls(self) -> Mapping[str, Teller]:
        return self._calls


def all_told(identities: Population[Identity], persons: Population[Person], events: Population[AccountEvent]) -> None:
    """They are asked what the register lacks."""
    assert len(identities) + len(events) <= len(persons), "somebody is missing"


def all_declared(scopes: Population[DeclaredScope]) -> None:
    """They are asked too."""
    assert not scopes, "one is declared"


def _control(complete: Any = all_told) -> Control:
    @control(
        "OWN-01", criteria=["CC6.2"], nature="event", dated="ended_at", on_empty="no_occurrences", complete=complete
    )
    def test_left(person: Person) -> None:
        """Whoever left has no role."""
        assert not person.role

    own = control_of(test_left)
    assert own is not None
    return own


def _second(kind: str, members: int | None, *told_by: tuple[str, str, int | None], record: int | None = None) -> Second:
    calls = tuple(ToldBy(source=source, operation=call, members=count) for source, call, count in told_by)
    return Second(kind=kind, members=members, told_by=calls, record=record)


def _lines(seconds: Seconds) -> list[str]:
    text = as_markdown(
        sheet(
            independent=seconds.independent,
            by_own_exports=seconds.by_own_exports,
            not_exported=seconds.not_exported,
        ),
        demo_run(),
    )
    return [line for line in text.splitlines() if "Second" in line or "Asked too" in line or "No independent" in line]


def test_those_that_told_members_are_named_each_with_its_count_and_the_register_itself_is_none() -> None:
    exports = Exports(
        {"p": PEOPLE, "o1": OKTA, "o2": Teller("okta", "listUsers", digest="5"), "g": GITHUB},
        {Person: {"p"}, Identity: {"o1", "o2", "g"}},
        {Person: [("p",)] * 2, Identity: [("o1",), ("o2",), ("o2", "g")]},
    )
    seconds = seconds_of(_control(), exports, 168)
    assert seconds == Seconds(
        independent=(_second("Identity", 3, ("okta", "listUsers", 3), record=168),),
        by_own_exports=(_second("Person", 2, ("registers", "people", 2), record=168),),
        not_exported=("AccountEvent",),
    )
    assert _lines(seconds) == [
        "- Second population that the test asks: `Identity`, 3 members: 3 from okta listUsers, as record 168 shows it",
        "- Asked too, and told by the population's own exports, so that it agrees with itself: `Person`, 2 members: 2 "
        "from registers people, as record 168 shows it",
        "- Asked too, and shows nothing, since no export tells it: `AccountEvent`",
    ]


def test_where_only_the_register_itself_is_asked_there_is_no_independent_count() -> None:
    exports = Exports({"p": PEOPLE}, {Person: {"p"}}, {Person: [("p",)]})
    seconds = seconds_of(_control(), exports, None)
    assert (seconds.independent, seconds.not_exported) == ((), ("Identity", "AccountEvent"))
    assert _lines(seconds)[-1] == (
        "- No independent count: what the test asks is told by no other export whether members are missing."
    )


def test_a_copy_of_the_register_under_another_name_is_the_register_itself() -> None:
    copy = Teller("book", "staff", "record", PEOPLE.digest)
    exports = Exports({"p": PEOPLE, "c": copy}, {Person: {"p"}, Identity: {"c"}}, {Identity: [("c",)]})
    seconds = seconds_of(_control(), exports, None)
    assert seconds.independent == ()
    assert seconds.by_own_exports[0] == _second("Identity", 1, ("book", "staff", 1))


def test_of_a_population_that_own_exports_tell_in_part_the_rest_alone_is_independent() -> None:
    exports = Exports(
        {"p": PEOPLE, "o": OKTA}, {Person: {"p"}, Identity: {"p", "o"}}, {Identity: [("p",), ("p", "o"), ("o",)]}
    )
    seconds = seconds_of(_control(), exports, None)
    assert seconds.independent == (_second("Identity", 2, ("okta", "listUsers", 2)),)
    assert _second("Identity", 1, ("registers", "people", 1)) in seconds.by_own_exports


def test_an_export_without_a_member_names_no_source_and_is_not_said_to_be_missing() -> None:
    exports = Exports({"p": PEOPLE, "l": LOG}, {Person: {"p"}, AccountEvent: {"l"}}, {})
    seconds = seconds_of(_control(), exports, None)
    assert seconds.independent == (_second("AccountEvent", 0),)
    assert "`AccountEvent`, 0 members: what was exported of it tells none" in _lines(seconds)[0]


def test_a_stream_is_named_and_not_counted() -> None:
    exports = Exports({"p": PEOPLE, "l": LOG}, {Person: {"p"}, AccountEvent: {"l"}}, {}, frozenset({AccountEvent}))
    seconds = seconds_of(_control(), exports, None)
    assert seconds.independent == (_second("AccountEvent", None, ("okta", "listEvents", None)),)
    assert "`AccountEvent`, a stream, not counted once more: from okta listEvents" in _lines(seconds)[0]


def test_what_soc2_yaml_declares_is_told_by_the_programme() -> None:
    exports = Exports({"p": PEOPLE}, {Person: {"p"}}, {DeclaredScope: [(), ()]})
    seconds = seconds_of(_control(all_declared), exports, None)
    assert seconds.independent == (_second("DeclaredScope", 2, ("soc2test", "DeclaredScope", 2)),)


def test_what_is_only_named_by_another_export_is_told_by_that_one() -> None:
    exports = Exports({"p": PEOPLE, "l": LOG}, {Person: {"p"}}, {Identity: [("l",)]})
    (second,) = seconds_of(_control(), exports, None).independent
    assert second == _second("Identity", 1, ("okta", "listEvents", 1))
