"""An unknown fact raises however it is read; nothing turns it into a value."""

import copy
import pickle
import re
from collections.abc import Callable
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any

import msgspec
import pytest

from soc2test.errors import NoSuchFact, UnknownFact
from soc2test.resources.kinds import DataStore, Identity, Person
from soc2test.resources.resource import NOWHERE, Origin, Resource, build, fact_names, kind_of
from soc2test.testing import resource


class Bucket(DataStore, frozen=True, gc=False, kw_only=True):
    """A provider's own kind with a fact more."""

    locked: bool


ANN = resource(Identity, "ann", name="ann", email=None, human=True)
NONE = ("classification", "owner", "backup_days", "address", "encryption_key", "protected_days")
FULL = resource(Bucket, "b", **{name: None if name in NONE else True for name in fact_names(Bucket)}
                | {"name": "b"})  # fmt: skip


def matched(identity: Any) -> str:
    match identity:
        case Identity(mfa=None):
            return "none"
        case Identity(mfa=False):
            return "off"
        case _:
            return "other"


READS: dict[str, Callable[[Any], object]] = {
    "plain": lambda each: each.mfa,
    "not": lambda each: not each.mfa,
    "is None": lambda each: each.mfa is None,
    "is not None": lambda each: each.mfa is not None,
    "==": lambda each: each.mfa == True,  # noqa: E712  # the very mistake
    "!=": lambda each: each.mfa != False,  # noqa: E712
    "in": lambda each: each.mfa in (True, False, None),
    "and": lambda each: each.human and each.mfa,
    "or": lambda each: each.mfa or True,
    "if else": lambda each: 1 if each.mfa else 2,
    "f-string": lambda each: f"{each.mfa}",
    "f-string repr": lambda each: f"{each.mfa!r}",
    "format": lambda each: "{0.mfa}".format(each),  # noqa: UP032
    "getattr with default": lambda each: getattr(each, "mfa", True),
    "hasattr": lambda each: hasattr(each, "mfa"),
    "attrgetter": attrgetter("mfa"),
    "__getattribute__": lambda each: each.__getattribute__("mfa"),
    "object.__getattribute__": lambda each: object.__getattribute__(each, "mfa"),
    "match": matched,
    "sorted by": lambda each: sorted([each, each], key=lambda one: one.mfa),
    "max by": lambda each: max([each], key=lambda one: one.last_used_at),
    "all": lambda each: all(one.mfa for one in [each]),
    "any": lambda each: any(one.mfa for one in [each]),
    "comparison of times": lambda each: each.created_at < datetime(2026, 1, 1, tzinfo=UTC),
    "arithmetic": lambda each: datetime(2026, 1, 1, tzinfo=UTC) - each.created_at,
    "set": lambda each: {each.mfa},
    "dict": lambda each: {"mfa": each.mfa},
    "after copy": lambda each: copy.copy(each).mfa,
    "after deepcopy": lambda each: copy.deepcopy(each).mfa,
    "after pickle": lambda each: pickle.loads(pickle.dumps(each)).mfa,  # noqa: S301
}


@pytest.mark.parametrize("read", READS.values(), ids=READS)
def test_reading_an_unknown_fact_raises(read: Callable[[Any], object]) -> None:
    with pytest.raises(UnknownFact):
        read(ANN)


@pytest.mark.parametrize("fact", sorted(set(fact_names(Identity)) - {"name", "email", "human"}))
def test_every_fact_that_was_not_told_is_unknown(fact: str) -> None:
    with pytest.raises(UnknownFact, match=rf"Identity\(ann\)\.{fact} is unknown") as caught:
        getattr(ANN, fact)
    assert (caught.value.fact, caught.value.kind, caught.value.resource) == (fact, "Identity", "ann")


def test_known_facts_read_as_told_and_none_is_an_answer() -> None:
    assert (ANN.name, ANN.email, ANN.human) == ("ann", None, True)


DUMPS: dict[str, Callable[[Any], object]] = {
    "asdict": msgspec.structs.asdict,
    "astuple": msgspec.structs.astuple,
    "replace": lambda each: msgspec.structs.replace(each, name="x"),
    "json": msgspec.json.encode,
    "msgpack": msgspec.msgpack.encode,
    "to_builtins": msgspec.to_builtins,
    "convert": lambda each: msgspec.convert(each, Identity, from_attributes=True),
    "force_setattr": lambda each: msgspec.structs.force_setattr(each, "mfa", True),
    "slot": lambda each: Identity.__dict__["mfa"].__get__(each),
}


@pytest.mark.parametrize("dump", DUMPS.values(), ids=DUMPS)
def test_what_goes_round_the_properties_raises_too(dump: Callable[[Any], object]) -> None:
    with pytest.raises((UnknownFact, AttributeError, msgspec.ValidationError)):
        dump(ANN)


@pytest.mark.parametrize("dump", [DUMPS["asdict"], DUMPS["astuple"], DUMPS["to_builtins"]])
def test_a_resource_with_all_facts_can_be_dumped(dump: Callable[[Any], object]) -> None:
    assert dump(FULL)


def test_a_subclass_has_the_unknown_facts_of_its_base_and_its_own() -> None:
    bucket = resource(Bucket, "b", name="b", locked=False)
    assert isinstance(bucket, DataStore)
    assert bucket.locked is False
    for fact in ("public", "encrypted"):
        with pytest.raises(UnknownFact, match=rf"Bucket\(b\)\.{fact}"):
            getattr(bucket, fact)
    with pytest.raises(UnknownFact, match="locked"):
        _ = resource(Bucket, "b", public=False).locked


def misspelt(each: Any) -> object:
    match each:
        case Identity(mfaa=True) | Bucket(mfaa=True):
            return False
    return True


@pytest.mark.parametrize("who", [ANN, FULL], ids=["partial", "full"])
@pytest.mark.parametrize(
    "read",
    [
        attrgetter("mfaa"), lambda each: getattr(each, "mfaa", True), lambda each: hasattr(each, "mfaa"), misspelt,
        lambda each: {"x": each}["x"].mfaa,
    ],
    ids=["attrgetter", "getattr with default", "hasattr", "match", "read"],
)  # fmt: skip
def test_a_fact_that_no_kind_has_is_a_mistake_and_not_unknown(who: Any, read: Callable[[Any], object]) -> None:
    with pytest.raises(NoSuchFact, match=r"has no fact 'mfaa'"):
        read(who)


def test_what_python_itself_asks_for_is_answered() -> None:
    assert not hasattr(ANN, "__iter__")
    assert not hasattr(FULL, "_repr_html_")


def test_the_reason_of_the_plugin_is_kept_through_pickle() -> None:
    denied = build(Identity, "ann", {"name": "ann"}, {"mfa": ("denied", "iam:ListMFADevices was denied")},
                   Origin("aws", ("a.json",), {"name": "a.json"}))  # fmt: skip
    for each in (denied, pickle.loads(pickle.dumps(denied))):  # noqa: S301
        with pytest.raises(UnknownFact) as caught:
            _ = each.mfa
        assert (caught.value.code, caught.value.reason) == ("denied", "iam:ListMFADevices was denied")
        assert each.name == "ann"
        assert (each.origin.source, each.origin.evidence, dict(each.origin.facts)) == (
            "aws",
            ("a.json",),
            {"name": "a.json"},
        )
        assert kind_of(each) is Identity


def test_the_error_itself_survives_pickle() -> None:
    error = UnknownFact("mfa", "why", kind="Identity", resource="ann", code="denied")
    again = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert str(again) == str(error)
    assert (again.fact, again.reason, again.kind, again.resource, again.code) == (
        "mfa",
        "why",
        "Identity",
        "ann",
        "denied",
    )


def test_equality_and_hash_read_no_fact() -> None:
    other = resource(Identity, "ann", mfa=True)
    assert other == ANN
    assert hash(ANN) == hash(other)
    assert len({ANN, other}) == 1
    assert resource(Identity, "bob") != ANN
    assert resource(Person, "ann") != ANN
    assert ANN in [other]
    assert ANN != "ann"


def test_equal_resources_do_not_differ() -> None:
    ann = ANN
    renamed = resource(Identity, "ann", name="another", email=None, human=True)
    for other in (ann, renamed, resource(Identity, "ann", mfa=True)):
        assert (ann == other, ann != other) == (True, False)
    for stranger in (resource(Identity, "bob"), resource(Person, "ann"), "ann", None):
        assert (ann == stranger, ann != stranger) == (False, True)


def test_a_subclass_is_another_resource_than_its_base() -> None:
    assert not resource(Bucket, "b") == resource(DataStore, "b")  # noqa: SIM201  # __eq__ and __ne__ are two
    assert resource(Bucket, "b") != resource(DataStore, "b")


def test_repr_names_kind_and_id_alone() -> None:
    told = resource(Identity, "ann", name="canary-name", email="canary@acme.example")
    assert repr(told) == str(told) == f"{told}" == "Identity(ann)"
    assert "canary" not in repr([told]) + repr({"x": told})


def test_resources_do_not_change() -> None:
    for change in (lambda: setattr(ANN, "name", "x"), lambda: setattr(ANN, "mfa", True), lambda: delattr(ANN, "name")):
        with pytest.raises(AttributeError):
            change()


WRONG: list[tuple[type[Resource], dict[str, object]]] = [
    (Identity, {"mfa": "false"}),
    (Identity, {"mfa": 0}),
    (Identity, {"mfa": None}),
    (Identity, {"name": 5}),
    (Identity, {"created_at": None}),
    (Identity, {"created_at": "yesterday"}),
    (Identity, {"created_at": 1_700_000_000}),
    (Person, {"accounts": "github:ann"}),
    (Person, {"accounts": [1]}),
    (Person, {"email": ["a@acme.example"]}),
]


@pytest.mark.parametrize(("kind", "told"), WRONG, ids=[str(told) for _, told in WRONG])
def test_a_value_of_another_type_is_refused(kind: type[Resource], told: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        build(kind, "x", told)
    with pytest.raises(msgspec.ValidationError):  # and where every other fact is there
        build(kind, "x", dict.fromkeys(fact_names(kind), object()) | told)


def test_an_id_is_text() -> None:
    with pytest.raises(msgspec.ValidationError):
        build(Identity, 5, {})


def test_the_refusal_of_a_value_does_not_quote_it() -> None:
    with pytest.raises(msgspec.ValidationError) as caught:
        build(Identity, "x", {"mfa": "canary-77f1"})
    assert not re.search("canary", str(caught.value))


def test_the_last_fact_that_some_evidence_told_names_the_evidence() -> None:
    origin = Origin("aws", ("list.json", "mfa.json"), {"name": "list.json", "mfa": "mfa.json"})
    assert origin.of(("name", "mfa")) == "mfa.json"
    assert origin.of(("mfa", "name")) == "list.json"
    assert origin.of(("email",)) == "list.json"
    assert NOWHERE.of(("name",)) is None
