"""The sample company's exports, as this plugin reads them."""

from pathlib import Path

import pytest
from okta_reading import every, gap_codes, load_folder

from soc2test import Resource, SeenDevice
from soc2test.inventory.inventory import Inventory
from soc2test_plugins.okta.kinds import OktaApp, OktaOrg, OktaPasswordPolicy, OktaSignOnPolicy, OktaUser

EXPORTS = Path(__file__).parents[3] / "fixtures" / "acme" / "exports" / "okta"


@pytest.fixture(scope="module")
def acme(tmp_path_factory: pytest.TempPathFactory) -> Inventory:
    folder = tmp_path_factory.mktemp("exports")
    target = folder / "okta" / "acme"
    target.mkdir(parents=True)
    for file in (EXPORTS / "acme").iterdir():
        (target / file.name).write_bytes(file.read_bytes())
    return load_folder(folder)


@pytest.mark.parametrize(
    ("kind", "count"),
    [(OktaUser, 9), (OktaApp, 6), (OktaOrg, 1), (OktaPasswordPolicy, 1), (OktaSignOnPolicy, 2), (SeenDevice, 9)],
)
def test_populations_are_complete(acme: Inventory, kind: type[Resource], count: int) -> None:
    assert gap_codes(acme, kind) == set()
    assert len(list(acme.members(kind))) == count


def test_only_the_leaver_is_off_and_all_others_have_a_second_factor(acme: Inventory) -> None:
    for each in every(acme, OktaUser):
        if each.name == "leo.left@acme.example":
            assert not each.active
            assert f"{each.disabled_by:%Y-%m-%d}" == "2026-08-31"
        else:
            assert each.active
            assert each.mfa


def test_administrators(acme: Inventory) -> None:
    admins = {each.name for each in every(acme, OktaUser) if each.admin}
    assert admins == {"grace.hopper@acme.example", "noor.sec@acme.example"}


def test_settings(acme: Inventory) -> None:
    assert all(each.mfa_required for each in every(acme, OktaOrg))
    assert all(each.mfa_required for each in every(acme, OktaSignOnPolicy))
    assert all(each.single_sign_on for each in every(acme, OktaApp))
