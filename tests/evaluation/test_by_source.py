"""A result stands by source, what was joined is cited, and a gap counts where it could hold members."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pytest

from soc2test import Credential, Identity, Population, Resource, control, deviation
from soc2test.controls.control import control_of
from soc2test.errors import ControlDefinitionError
from soc2test.evaluation.evaluate import evaluate
from soc2test.evaluation.limits import limits_of
from soc2test.populations.population import Gap
from soc2test.populations.teller import Teller
from soc2test.testing import AS_OF, resource
from soc2test.verdicts import ControlResult, Exemption, SourceResult, Verdict


class CloudUser(Identity, frozen=True, gc=False, kw_only=True):
    """An account of a cloud."""


class ClusterToken(Credential, frozen=True, gc=False, kw_only=True):
    """A token of a cluster."""


class Told:
    """Populations with gaps."""

    def __init__(
        self,
        members: Sequence[Resource],
        gaps: Mapping[type[Resource], Sequence[Gap]],
        constants: Mapping[type[Resource], Mapping[str, Any]],
    ) -> None:
        self._members, self._gaps, self._constants = members, gaps, constants

    def members(self, kind: type[Resource]) -> list[Resource]:
        return [member for member in self._members if isinstance(member, kind)]

    def gaps(self, kind: type[Resource]) -> Sequence[Gap]:
        return self._gaps.get(kind, ())

    def population(self, kind: type[Resource]) -> Population[Any]:
        return Population(kind, self.members(kind), self.gaps(kind))

    def sources(self, kind: type[Resource]) -> Sequence[str]:
        return ("aws", "google", "okta")

    def tellers(self, kind: type[Resource]) -> frozenset[Teller]:
        return frozenset({Teller("aws", kind.__name__)})

    def nature(self, source: str) -> str:
        return "system"

    def constants(self, kind: type[Resource]) -> Mapping[str, Any]:
        return self._constants.get(kind, {})

    def declared(self, source: str | None) -> bool:
        return True


def result(
    function: Any,
    *members: Resource,
    gaps: Mapping[Any, Iterable[Gap]] | None = None,
    constants: Mapping[Any, Mapping[str, Any]] | None = None,
) -> ControlResult:
    spec = control_of(function)
    assert spec is not None
    kinds = Told(members, {kind: list(given) for kind, given in (gaps or {}).items()}, constants or {})
    return evaluate([spec], kinds, {spec.id: limits_of(spec, {})}, AS_OF)[spec.id].result


@control("OWN-01", criteria=["CC6.1"], nature="state", where=lambda identity: identity.active)
def test_mfa(identity: Identity) -> None:
    """Each signs in with a second factor."""
    assert identity.mfa


def user(id: str, source: str, *, kind: type[Identity] = Identity, **facts: Any) -> Identity:
    return resource(kind, id, source=source, **{"active": True, "mfa": True, **facts})


def test_each_source_has_its_own_counts_and_verdict() -> None:
    found = result(
        test_mfa,
        user("a", "aws"), user("b", "aws", mfa=False), user("c", "okta"), user("d", "okta", active=False),
        resource(Identity, "e", source="github", active=True),
        gaps={Identity: [Gap("missing", "export users", "google", kinds=(Identity,))]},
    )  # fmt: skip
    assert found.verdict is Verdict.FAIL
    assert found.by_source == {
        "aws": SourceResult(2, 1, 1, 0, 0, 0, Verdict.FAIL),
        "github": SourceResult(1, 0, 0, 0, 1, 0, Verdict.NOT_EVALUATED),
        "google": SourceResult(0, 0, 0, 0, 0, 0, Verdict.NOT_EVALUATED),
        "okta": SourceResult(1, 1, 0, 0, 0, 0, Verdict.PASS),
    }
    assert sum(each.population for each in found.by_source.values()) == found.population


def test_a_list_that_one_source_lacks_hides_no_other() -> None:
    found = result(
        test_mfa, user("a", "aws"), gaps={Identity: [Gap("missing", "export users", "google", kinds=(Identity,))]}
    )
    assert found.verdict is Verdict.NOT_EVALUATED
    assert {source: each.verdict for source, each in found.by_source.items()} == {
        "aws": Verdict.PASS, "google": Verdict.NOT_EVALUATED,
    }  # fmt: skip


def test_a_gap_of_no_source_is_everybodys() -> None:
    found = result(test_mfa, user("a", "aws"), gaps={Identity: [Gap("missing", "declare something")]})
    assert found.by_source["aws"].verdict is Verdict.NOT_EVALUATED


@control(
    "OWN-02",
    criteria=["CC6.1"],
    nature="state",
    where=lambda identity: identity.root,
    joins={"credentials": lambda credential: credential.root},
)
def test_root_has_no_keys(identity: Identity, credentials: Population[Credential]) -> None:
    """Root holds no keys."""
    assert not any(credential.active for credential in credentials.all("identity", identity.id))


ROOT = user("root", "aws", root=True)
NEVER_ROOTS = {ClusterToken: {"root": False}, CloudUser: {"root": False}}


def key(id: str, **facts: Any) -> Credential:
    return resource(Credential, id, source="aws", **{"identity": "root", "root": True, "active": True, **facts})


def test_a_gap_that_can_hold_no_member_holds_nothing_up() -> None:
    tokens = Gap("missing", "export secrets", "kubernetes", kinds=(ClusterToken,))
    users = Gap("missing", "export users", "cloud", kinds=(CloudUser,))
    keys = Gap("missing", "export keys", "aws", kinds=(Credential,))
    missing = {Credential: [tokens], Identity: [users]}
    assert result(test_root_has_no_keys, ROOT, gaps=missing, constants=NEVER_ROOTS).verdict is Verdict.PASS
    assert result(test_root_has_no_keys, ROOT, gaps=missing).verdict is Verdict.NOT_EVALUATED  # who knows
    worse = {Credential: [tokens, keys]}
    assert result(test_root_has_no_keys, ROOT, gaps=worse, constants=NEVER_ROOTS).verdict is Verdict.NOT_EVALUATED
    assert result(test_root_has_no_keys, ROOT, key("k"), gaps=worse, constants=NEVER_ROOTS).verdict is Verdict.FAIL


def test_a_gap_that_names_no_kind_counts() -> None:
    lost = {Credential: [Gap("unreadable", "x.json is cut", "aws")]}
    assert result(test_root_has_no_keys, ROOT, gaps=lost, constants=NEVER_ROOTS).verdict is Verdict.NOT_EVALUATED


def test_an_unknown_fact_of_what_is_left_out_anyway_holds_nothing_up() -> None:
    odd = resource(Identity, "odd", source="aws", active=False)  # its factor is not known, and it is no member
    assert result(test_mfa, user("a", "aws"), odd).verdict is Verdict.PASS
    nobody_knows = resource(Identity, "odd", source="aws", mfa=True)
    assert result(test_mfa, user("a", "aws"), nobody_knows).verdict is Verdict.NOT_EVALUATED


def test_members_that_do_not_matter_are_left_out_of_a_join() -> None:
    unknown = resource(Credential, "t", source="kubernetes", root=False)  # whose it is nobody knows; root's it is not
    assert result(test_root_has_no_keys, ROOT, unknown).verdict is Verdict.PASS
    unknown = resource(Credential, "t", source="kubernetes", active=True)
    assert result(test_root_has_no_keys, ROOT, unknown).verdict is Verdict.NOT_EVALUATED


def test_what_was_joined_is_cited() -> None:
    found = result(test_root_has_no_keys, ROOT, key("k"), key("l", identity="other"))
    (joined,) = found.joined
    assert (joined.kind, joined.population, joined.evidence) == ("Credential", 2, ("test",))
    assert joined.population_digest is not None
    (finding,) = found.findings
    assert finding.joined == ("test",)
    clean = result(test_mfa, user("a", "aws", mfa=False))
    assert (clean.joined, clean.findings[0].joined) == ((), ())


@control("OWN-03", criteria=["CC6.3"], nature="state")
def test_few(identities: Population[Identity], credentials: Population[Credential]) -> None:
    """Few keys."""
    assert len(credentials) < 3
    for identity in identities:
        if not identity.mfa:
            deviation(identity, "has none")


def test_a_control_over_populations_stands_by_source_too() -> None:
    found = result(test_few, user("a", "aws"), user("b", "okta", mfa=False))
    assert {source: each.verdict for source, each in found.by_source.items()} == {
        "aws": Verdict.PASS, "okta": Verdict.FAIL,
    }  # fmt: skip
    assert [each.kind for each in found.joined] == ["Credential"]
    gap = {Credential: [Gap("missing", "export keys", "aws", kinds=(Credential,))]}
    partial = result(test_few, user("a", "aws"), gaps=gap)
    assert partial.by_source["aws"].verdict is Verdict.NOT_EVALUATED


def test_what_fails_as_a_whole_is_right_in_no_source() -> None:
    found = result(test_few, user("a", "aws"), user("b", "okta"), *(key(name) for name in "xyz"))
    assert (found.verdict, found.deviations) == (Verdict.FAIL, 0)
    assert {each.verdict for each in found.by_source.values()} == {Verdict.FAIL}


def test_what_was_asked_for_by_id_is_said_to_hold_or_not() -> None:
    spec = control_of(test_mfa)
    assert spec is not None
    deviating = user("b", "aws", mfa=False), user("c", "aws", mfa=False)
    members = user("a", "aws"), *deviating, user("d", "okta", active=False), user("e", "okta")
    limits, asked = {spec.id: limits_of(spec, {})}, {spec.id: ["a", "b", "c", "d", "nobody", "e"]}
    exempt = {spec.id: [exemption("e")]}
    found = evaluate([spec], Told(members, {}, {}), limits, AS_OF, asked=asked, exempt=exempt)[spec.id].result
    assert found.held_for == ("a",)


def exemption(resource: str) -> Exemption:
    return Exemption("EX-1", (resource,), 0, "why", "o@acme.example", "a@acme.example", "2026-01-01", "2027-01-01")


@control("OWN-05", criteria=["CC6.1"], nature="state", beside=["credentials"])
def test_known_keys_are_off(identity: Identity, credentials: Population[Credential]) -> None:
    """No key that is known is on; whoever has a factor needs no list of them."""
    assert not any(credential.active for credential in credentials.all("identity", identity.id).hits)
    assert identity.mfa or not credentials.all("identity", identity.id)


def test_what_lacks_beside_holds_nothing_up_by_itself() -> None:
    gaps = {Credential: [Gap("missing", "export keys", "aws", kinds=(Credential,))]}
    assert result(test_known_keys_are_off, user("root", "aws"), gaps=gaps).verdict is Verdict.PASS
    assert result(test_known_keys_are_off, user("root", "aws"), key("k"), gaps=gaps).verdict is Verdict.FAIL
    asked = result(test_known_keys_are_off, user("root", "aws", mfa=False), gaps=gaps)
    assert (asked.verdict, asked.unknown) == (Verdict.NOT_EVALUATED, 1)
    assert "export keys" in asked.findings[0].message


@pytest.mark.parametrize("named", [["identity"], ["credential"], "credentials"])
def test_beside_names_what_the_control_joins(named: Any) -> None:
    with pytest.raises(ControlDefinitionError, match="beside="):

        @control("OWN-06", criteria=["CC6.1"], nature="state", beside=named)
        def test_x(identity: Identity, credentials: Population[Credential]) -> None:
            """X."""
            assert identity.mfa


def test_joins_names_what_the_control_takes() -> None:
    with pytest.raises(ControlDefinitionError, match="'credential' is none"):

        @control("OWN-04", criteria=["CC6.1"], nature="state", joins={"credential": lambda credential: True})
        def test_x(identity: Identity, credentials: Population[Credential]) -> None:
            """X."""
            assert identity.mfa
