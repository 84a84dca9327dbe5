"""`soc2test data` over the sample companies, and the same in the page."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from soc2test.cli.main import main
from soc2test.cli.schema import _own

ROOT = Path(__file__).parents[2]
AS_OF = ("--as-of", "2026-11-20T12:00:00Z")


def told(monkeypatch: pytest.MonkeyPatch, company: str, *options: str) -> str:
    monkeypatch.chdir(ROOT / "fixtures" / company)
    result = CliRunner().invoke(main, ["data", *AS_OF, *options])
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


def test_a_public_store_of_customers_data_is_told_as_what_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    first = told(monkeypatch, "globex").splitlines()[2]
    assert first.startswith("arn:aws:rds:eu-west-1:012345678901:db:acme-prod ")
    assert "customer names, e-mail addresses, orders" in first
    assert "anyone on the internet can read or write it (CC6.1 CC6.6 C1.1)" in first


def test_the_sample_companys_map(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = told(monkeypatch, "acme").splitlines()
    assert "3 stores hold sensitive data, 1 may (nobody knows), 3 hold none by label and scanner" in lines
    assert "Which accounts may read a store is told by none of the flows." in lines


def test_a_store_s_data_is_followed_to_a_vendor_and_to_another_store(monkeypatch: pytest.MonkeyPatch) -> None:
    database = told(monkeypatch, "acme").splitlines()[2]
    assert database.startswith("arn:aws:rds:eu-west-1:012345678901:db:acme-prod ")
    vendor = database.index("https://api.mailgrid.example (at the vendor mailgrid)")
    assert vendor < database.index("arn:aws:s3:::acme-prod-data (labelled confidential)")
    assert "acme-prod/shop/newsletter of linus.maker@acme.example" in database


def test_what_nobody_tells_of_a_store_is_not_told_as_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = told(monkeypatch, "acme").splitlines()[3]
    assert snapshot.count("not told") == 2
    assert "nobody" not in snapshot


@pytest.mark.long
def test_json_is_of_its_schema(monkeypatch: pytest.MonkeyPatch) -> None:
    record = json.loads(told(monkeypatch, "globex", "--format", "json"))
    Draft202012Validator(_own("data")).validate(record)
    assert next(store["id"] for store in record["stores"] if store["exposed"]).endswith("db:acme-prod")


def test_a_folder_without_exports_is_not_told_as_harmless(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "exports").mkdir()
    (tmp_path / "soc2.yaml").write_text(
        "system: S\nsources:\n  aws:\n    accounts: ['012345678901']\n    regions: [eu-west-1]\n"
    )
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["data"])
    assert "These may not be all stores: export `aws ec2 describe-volumes" in result.stdout
    assert "more gaps" in result.stdout
