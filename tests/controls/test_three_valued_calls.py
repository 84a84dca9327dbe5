"""`any_of` and `all_of` in a control's text: looked through as Python's own, whatever they are called there."""

from pathlib import Path

import pytest

from soc2test import Device, Person, Population, all_of, any_of, control
from soc2test.code_reading.reads import facts_joined, misspelt
from soc2test.controls.control import Control, control_of
from soc2test.controls.packs import LOCAL, load_pack

HEAD = """from soc2test import Identity, Population, all_of, any_of, control
from soc2test import any_of as one_of
import pytest
import soc2test
def asserts(group): assert group != "x"
def is_odd(group): return group == "x"
def always(group): return True
def own(groups, test): return any(test(group) for group in groups)

"""
NOT_ASSERTED = "is compared and not asserted"
ASSERTS_NOTHING = "asserts nothing that could be false"
TRUE = "which is always true"


def refusal(folder: Path, body: str, takes: str = "identity: Identity") -> str:
    lines = "".join(f"    {line}\n" for line in body.split("\n"))
    head = f'@control("OWN-1", criteria=["CC6.1"], nature="state")\ndef test_it({takes}):\n    """It holds."""\n'
    (folder / "own.py").write_text(HEAD + head + lines)
    pack = load_pack(LOCAL, folder)
    refused = [text for file in pack.files for text in file.refused.values()]
    return "".join([*refused, *(str(broken.error) for broken in pack.broken)])


REFUSED = {
    "all_of(identity.groups)": NOT_ASSERTED,
    "any_of(identity.groups, is_odd)": NOT_ASSERTED,
    "not any_of(identity.groups, lambda group: group == 'x')": NOT_ASSERTED,
    "soc2test.all_of(identity.groups, test=is_odd)\nassert identity.mfa": NOT_ASSERTED,
    "one_of(identity.groups, is_odd)\nassert identity.mfa": NOT_ASSERTED,
    "ok = any_of(identity.groups, is_odd)": ASSERTS_NOTHING,
    "ok = any_of(identity.groups)": ASSERTS_NOTHING,
    "assert all_of([])\nassert identity.mfa": TRUE,
    "assert all_of([], is_odd)\nassert identity.mfa": f"`all` of nothing, {TRUE}",
    "assert not any_of(())\nassert identity.mfa": TRUE,
    "assert any_of([]) is False and all_of((1, 0)) is False\nassert identity.mfa": TRUE,
    "assert not any_of([], is_odd)\nassert identity.mfa": TRUE,
    "assert all_of(identity.groups, lambda group: True)": TRUE,
    "assert all_of(identity.groups, lambda group: group or 'none')": TRUE,
    "assert all_of(identity.groups, test=always)": TRUE,
    "assert soc2test.all_of(identity.groups, always)": TRUE,
    "assert not any_of(identity.groups, lambda group: False)": TRUE,
    "assert not one_of(identity.groups, lambda group: not 'x')": TRUE,
    "assert any_of([True, identity.mfa])": TRUE,
    "assert any_of(identity.groups, lambda x: x == 'y') or not any_of(identity.groups, lambda x: x == 'y')": TRUE,
    "assert any_of(identity.groups) or not any_of(identity.groups)": TRUE,
    "off = [identity.mfa]\nprint(any_of(off))\nassert off": TRUE,
    "if all_of([]):\n    return\nassert identity.mfa": ASSERTS_NOTHING,
    "from soc2test import all_of as each_of\nassert each_of(identity.groups, lambda group: True)": TRUE,
}


@pytest.mark.parametrize(("body", "says"), REFUSED.items(), ids=REFUSED)
def test_one_that_cant_fail_is_refused(body: str, says: str, tmp_path: Path) -> None:
    assert says in refusal(tmp_path, body)


def test_each_value_of_a_fact_is_tried_for_its_members(tmp_path: Path) -> None:
    body = "assert all_of(people, lambda person: person.mfa in (True, False))"
    assert TRUE in refusal(tmp_path, body, takes="people: Population[Identity]")


TAKEN = [
    "assert any_of(identity.groups)",
    "assert not any_of(identity.groups, is_odd)",
    "assert all_of(identity.groups, lambda group: group != 'x')",
    "assert all_of([identity.mfa, identity.human])",
    "assert any_of([identity.mfa, False])",
    "assert all_of(identity.groups, None)",
    "assert soc2test.all_of(identity.groups, test=is_odd)",
    "assert one_of(identity.groups, lambda group, other=1: group)",
    "assert any_of([lambda: identity.mfa, lambda: identity.human], lambda ask: ask())",
    "all_of(identity.groups, asserts)",
    "assert all_of(*[identity.groups, always])",
    "assert own(identity.groups, is_odd)",
    "checked = all_of(identity.groups, asserts)",
    "checked = all_of(identity.groups, *[asserts])",
    "checked = all_of(identity.groups, **{'test': asserts})",
    "all_of([identity], lambda one: one.mfa or pytest.fail('no second factor'))",
]


@pytest.mark.parametrize("body", TAKEN)
def test_what_may_be_right_is_taken(body: str, tmp_path: Path) -> None:
    assert refusal(tmp_path, body) == ""


def is_lost(device: Device) -> bool:
    return device.status == "lost"


@control("OWN-2", criteria=["CC6.7"], nature="state")
def test_devices_are_kept(person: Person, devices: Population[Device]) -> None:
    """It reads facts in tests of its own, and in one of its policies."""
    held = devices.all("owner_email", person.email)
    assert all_of(held, lambda device: device.disk_encrypted)
    assert not any_of(held, is_lost)


@control("OWN-3", criteria=["CC6.7"], nature="state")
def test_a_fact_is_misspelt(person: Person, devices: Population[Device]) -> None:
    """It asks for what is none."""
    held = devices.all("owner_email", person.email)
    assert all_of(held, test=lambda device: device.disk_encripted)  # type: ignore[attr-defined]


def declared(function: object) -> Control:
    found = control_of(function)
    assert found is not None
    return found


def test_the_facts_that_its_test_reads_are_seen() -> None:
    assert set(facts_joined(declared(test_devices_are_kept))[Device]) == {"owner_email", "disk_encrypted", "status"}
    assert not misspelt(declared(test_devices_are_kept))


def test_a_misspelt_fact_in_its_test_is_told() -> None:
    (text,) = misspelt(declared(test_a_fact_is_misspelt))
    assert "Device has no fact 'disk_encripted'; did you mean 'disk_encrypted'?" in text
