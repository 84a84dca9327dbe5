"""`soc2test init --plugin`: a source to start from, whose tests pass as they stand and whose exports are tested."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from runs import run_pytest

from soc2test.cli.main import main

ANN = {
    "id": "u1", "login": "ann", "email": "ann@acme.example", "type": "person", "status": "active", "deleted": False,
    "is_admin": True, "two_factor_required": True, "created_at": "2025-03-01T09:00:00Z", "last_login_at": None,
}  # fmt: skip


def init(*args: str) -> Result:
    return CliRunner().invoke(main, ["init", *args], catch_exceptions=False)


def test_its_own_tests_pass_as_they_stand(pytester: pytest.Pytester, own_controls_alone: None) -> None:
    (pytester.path / "soc2.yaml").write_text("system: Test\n")
    result = init("--plugin", "my_hr")
    assert result.output.startswith("written  plugins/my_hr.py\nwritten  tests/test_my_hr_plugin.py\n")
    run_pytest(pytester, "tests").assert_outcomes(passed=6)


@pytest.mark.parametrize(("factor", "code"), [(True, 0), (False, 1)])
def test_what_it_reads_is_tested(pytester: pytest.Pytester, shipped_controls: None, factor: bool, code: int) -> None:
    (pytester.path / "soc2.yaml").write_text("system: Test\nsources: {my_hr: {accounts: [acme]}}\n")
    init("--plugin", "my_hr")
    users = pytester.path / "exports/my_hr/acme/users.json"
    users.parent.mkdir(parents=True)
    users.write_text(json.dumps({"users": [ANN, {**ANN, "id": "u2", "two_factor_required": factor}]}))
    (pytester.path / "exports/manifest.yaml").write_text("collected_at: 2026-11-20T08:00:00Z\n")
    result = run_pytest(pytester, "--soc2", "--soc2-as-of=2026-11-20T12:00:00Z", "--soc2-control=IAM-01")
    found = [json.loads(line) for line in (pytester.path / "soc2-report/findings.ndjson").read_text().splitlines()]
    assert result.ret == code
    assert [each["resource"] for each in found if each.get("outcome") == "deviation"] == (
        [] if factor else ["my_hr/acme/users/u2"]
    )


def test_what_is_there_stays_as_it_is(tmp_path: Path) -> None:
    init(str(tmp_path), "--plugin", "my_hr")
    own = tmp_path / "plugins/my_hr.py"
    own.write_text("ours")
    result = init(str(tmp_path), "--plugin", "my_hr")
    assert result.output.startswith("exists   plugins/my_hr.py\nexists   tests/test_my_hr_plugin.py\n")
    assert f"cd {tmp_path} && pytest tests" in result.output
    assert own.read_text() == "ours"


@pytest.mark.parametrize(("args", "says"), [
    (["--plugin", "okta"], "okta is read already (Okta): `soc2test sources okta` says how"),
    (["--plugin", "my-hr"], "'my-hr' can't be imported: write it as a module's name, such as my_hr"),
    (["--plugin", "../x"], "'../x' can't be imported"),
    (["--plugin", "class"], "'class' can't be imported"),
    (["--plugin", ""], "'' can't be imported"),
    (["--plugin", "my_hr", "--register", "people"], "--plugin writes one source"),
    (["--plugin", "my_hr", "--category", "privacy"], "--plugin writes one source"),
    (["--plugin", "my_hr", "--from", "okta"], "--plugin writes one source"),
])  # fmt: skip
def test_what_can_be_no_source_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: list[str], says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = init(*args)
    assert result.exit_code == 2
    assert says in result.output
    assert [*tmp_path.iterdir()] == []
