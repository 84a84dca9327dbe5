"""Devices that people sign in with, held against the list of devices."""

from collections.abc import Iterator

from soc2test import Device, Identity, Population, SeenDevice, UnknownFact, control, normal_email
from soc2test_policies._devices import OUT_OF_USE
from soc2test_policies._joins import allowed, problems

_STATUSES = {word: word for word in ("in_use", "stock", *OUT_OF_USE)}


@control(
    "DEV-06",
    criteria=["CC6.8"],
    nature="state",
    supports={"CC6.7": "only a device that a list holds is asked for its encryption"},
    severity="high",
    where=lambda seen: seen.active and seen.computer,
)
def test_computers_that_sign_in_are_listed(
    seen: SeenDevice, devices: Population[Device], identities: Population[Identity]
) -> None:
    """Every computer that people sign in with is in the list of devices, in use, in the hands of who signs in with it.

    They are matched by the serial number: the identity provider has it from the device, whoever keeps the list.

    CC6.8: what keeps malicious software off is installed on listed devices, so that one that no list holds has none.
    """
    found = devices.all("id", seen.serial)
    if not found and devices.alike("id", seen.serial):
        text = f"the list of devices writes the serial number {seen.serial} otherwise"
        raise UnknownFact("serial", text, code="conflict")
    assert found, f"its serial number {seen.serial} is in no list of devices"
    problem = problems(lambda device: _problem(device, seen, identities), found)
    assert not problem, f"{seen.serial} {problem}"


def _problem(device: Device, seen: SeenDevice, identities: Population[Identity]) -> str:
    status = allowed("status", device.status, _STATUSES)
    if status != "in_use":
        return f"is {status.replace('_', ' ')} by the list of devices, and can sign in"
    holder = device.owner_email
    if holder is None:
        return "is in nobody's hands by the list of devices"
    users = [address for account in seen.accounts for address in _addresses(account, identities)]
    if normal_email(holder) in {normal_email(address) for address in users}:
        return ""
    return f"is {holder}'s by the list of devices, and {', '.join(users) or 'nobody'} signs in with it"


def _addresses(account: str, identities: Population[Identity]) -> Iterator[str]:
    found = identities.all("id", account)
    if not found.hits:
        len(found)  # raises where there may be more
    for identity in found.hits:
        yield identity.name if identity.email is None else identity.email
