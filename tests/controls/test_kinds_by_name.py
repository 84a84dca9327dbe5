"""A parameter without an annotation that is a kind by its name: code reading and proofs know it as an annotated one."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from soc2test import Identity, Person, Population, control
from soc2test.code_reading.reads import facts_joined, facts_read
from soc2test.controls.control import Control, control_of
from soc2test.controls.packs import LOCAL, load_pack
from soc2test.errors import ControlDefinitionError
from soc2test.evaluation.limits import limits_of
from soc2test.proving.proving_all import ToProve, prove_one
from soc2test.testing import AS_OF, check, resource

GOOD: dict[str, Any] = {"criteria": ["CC6.1"], "nature": "state"}
HEAD = "from typing import Any\nimport pytest\nfrom soc2test import Identity, Person, Population, control\n"
BODY = '''
    """Every account is somebody's, who works here.

    CC6.1: an account of nobody is used by anybody.
    """
    assert identity.mfa
    assert people.one("email", identity.email).active
'''
FORMS = {
    "annotation": '@control("T-1", criteria=["CC6.1"], nature="state")\n'
    "def test_it(identity: Identity, people: Population[Person]):" + BODY,
    "name": '@control("T-1", criteria=["CC6.1"], nature="state")\ndef test_it(identity, people):' + BODY,
    "Any": '@control("T-1", criteria=["CC6.1"], nature="state")\ndef test_it(identity: Any, people: Any) -> None:'
    + BODY,
    "mark": '@pytest.mark.soc2("CC6.1", id="T-1")\ndef test_it(identity, people):' + BODY,
}


def loaded(folder: Path, text: str) -> Control:
    (folder / "own.py").write_text(HEAD + text)
    pack = load_pack(LOCAL, folder)
    assert [str(broken.error) for broken in pack.broken] == []
    (file,) = pack.files
    assert file.refused == {}
    (spec,) = file.controls
    return spec


@pytest.mark.parametrize("form", FORMS)
def test_all_forms_are_one_control(form: str, tmp_path: Path) -> None:
    (tmp_path / "annotated").mkdir()
    (tmp_path / "other").mkdir()
    annotated = loaded(tmp_path / "annotated", FORMS["annotation"])
    other = loaded(tmp_path / "other", FORMS[form])
    assert replace(other, function=annotated.function) == annotated
    assert (other.kind, other.parameter, other.populations) == (Identity, "identity", {"people": Person})
    assert other.fixtures == ()
    assert facts_read(other) == facts_read(annotated) == ("mfa", "email", "active")
    assert facts_joined(other) == facts_joined(annotated) == {Person: ("active", "email")}


@pytest.mark.parametrize("form", FORMS)
def test_all_forms_have_one_proof(form: str, tmp_path: Path) -> None:
    spec = loaded(tmp_path, FORMS[form])
    proof = prove_one(ToProve(control=spec, limits=limits_of(spec, {}), as_of=AS_OF, told=None))
    assert (proof.basis, [fact.name for fact in proof.facts if fact.decides]) == (
        "made up from its facts",
        ["Identity.email", "Identity.mfa", "Person.email", "Person.active"],
    )


@pytest.mark.parametrize("form", FORMS)
def test_all_forms_are_checked_by_hand(form: str, tmp_path: Path) -> None:
    function = loaded(tmp_path, FORMS[form]).function
    ann = resource(Person, "ann", email="ann@x.io", active=True)
    good = resource(Identity, "a", mfa=True, email="ann@x.io")
    assert check(function, ann, good).verdict == "pass"
    assert check(function, ann, good, partial=[Person]).verdict == "not_evaluated"
    assert check(function, ann, resource(Identity, "b", mfa=False, email="ann@x.io")).deviations == 1


def test_a_marked_function_that_no_pack_loaded_is_checked_too() -> None:
    @pytest.mark.soc2("CC6.1", id="T-1")
    def test_mfa(identity):  # type: ignore[no-untyped-def]
        """Every account has a second factor."""
        assert identity.mfa

    assert check(test_mfa, resource(Identity, "a", mfa=False)).verdict == "fail"


def declared(function: Callable[..., object], **more: Any) -> Control:
    spec = control_of(control("T-1", **(GOOD | more))(function))
    assert spec is not None
    return spec


def test_second_sources_take_populations_by_name_too() -> None:
    def none_either(identities):  # type: ignore[no-untyped-def]
        assert not identities

    def test_events(person: Person) -> None:
        """Good."""
        assert person.active

    spec = declared(test_events, nature="event", on_empty="no_occurrences", agrees=none_either)
    assert spec.seconds == (Identity,)


def two_under_test(identity, person: Person) -> None:  # type: ignore[no-untyped-def]
    assert identity.mfa
    assert person.active


def another_kind(people: Population[Identity]) -> None:
    assert people


def another_annotation(identity: Identity, people: list[str]) -> None:
    assert identity.mfa
    assert people


REFUSED = [
    (two_under_test, "it takes two resources under test"),
    (another_annotation, "people is a fixture of the kind Person, and its annotation is another"),
]


@pytest.mark.parametrize(("function", "says"), REFUSED)
def test_what_is_refused_of_names(function: Callable[..., object], says: str) -> None:
    function.__name__, function.__doc__ = f"test_{function.__name__}", "Good."
    with pytest.raises(ControlDefinitionError) as refused:
        declared(function)
    assert says in str(refused.value)


def test_an_annotation_goes_before_the_name() -> None:
    another_kind.__name__, another_kind.__doc__ = "test_another_kind", "Good."
    assert declared(another_kind).populations == {"people": Identity}
