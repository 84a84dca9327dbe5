"""What the look-up commands say agrees with the declarations that they print."""

import inspect
import json
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from click.testing import CliRunner

from soc2test.cli.describe import explain
from soc2test.cli.main import main
from soc2test.cli.operations import source_record
from soc2test.controls.control import control_of
from soc2test.criteria import CRITERIA
from soc2test.evidence.files import Found
from soc2test.finding.claims import claim
from soc2test.not_tested import NOT_TESTED
from soc2test.sources.export import Claim
from soc2test.sources.loading import load_plugins

SOURCES = load_plugins().sources
OPERATIONS = [
    (source.name, operation) for source in SOURCES.values() for operation in source_record(source)["operations"]
]


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without a programme."""
    monkeypatch.chdir(tmp_path)


@cache
def output(*args: str) -> str:
    """What a command prints, of what is shipped: the same each time."""
    result = CliRunner().invoke(main, args)
    assert result.exit_code == 0, result.output
    return result.output


def records(*args: str) -> Any:
    """The same, for machines."""
    return json.loads(output(*args, "--format", "json"))


@pytest.mark.each(2)
@pytest.mark.parametrize("source", dict(OPERATIONS))
def test_a_file_of_the_printed_name_is_claimed_for_the_operation(source: str) -> None:
    for operation in (operation for name, operation in OPERATIONS if name == source):
        path = PurePosixPath(re.sub(r"<(\w+)>", r"\1%2Fvalue", operation["file"])).relative_to("exports")
        claimed = claim(Found(str(path), "none", 0, ""), SOURCES, lambda export: ())
        assert isinstance(claimed, Claim), path
        assert (claimed.source, claimed.operation) == (source, operation["operation"])
        assert {part: claimed.subject[part] for part in operation["subject"]} == {
            part: f"{part}/value" for part in operation["subject"]
        }


@pytest.mark.each(3)
def test_no_printed_command_has_a_part_without_a_name() -> None:
    """Where one has, the source's template does not fit: it has to declare `command=`."""
    commands = [operation["command"] for _, operation in OPERATIONS]
    assert [text for text in commands if "{operation}" in text or "<path of" in text] == []


def test_each_control_is_in_the_list_and_can_be_explained() -> None:
    controls, listed = records("controls"), output("controls")
    assert len(controls) > 50
    for each in controls:
        assert each["id"] in listed
        assert each["title"] in explain(each)


@pytest.mark.parametrize("id", ["CC1.2", "CC6.1", "P6.4"])
def test_a_criterion_is_printed_alone(id: str) -> None:
    assert CRITERIA[id].subject in output("criteria", id)


def test_the_controls_of_a_criterion_are_those_that_test_or_support_it() -> None:
    wanted = {each["id"] for each in records("controls") if "CC6.2" in (*each["criteria"], *each["supports"])}
    found = {each["id"] for each in records("controls", "--criterion", "CC6.2")}
    one = records("criteria", "CC6.2")
    assert found == wanted == {*one["tested_by"], *one["supported_by"]}


def test_every_fact_that_a_shipped_control_reads_has_a_teller() -> None:
    untold = [
        (each["id"], fact)
        for each in records("controls")
        for fact, by in each["facts"].items()
        if not by and not each["framework"]
    ]
    assert untold == []


def test_derived_facts_lead_to_the_exports_they_are_computed_from() -> None:
    facts = records("controls", "CHG-02")["facts"]
    assert {"repos get-branch-protection", "repos get-branch-rules"} <= set(facts["protected"]["github"])
    assert "s3api get-bucket-acl" in records("controls", "DAT-01")["facts"]["public"]["aws"]


def test_the_condition_of_a_population_is_shown_as_it_was_written() -> None:
    assert records("controls", "IAM-01")["where"] == "identity.human and identity.active"
    assert records("controls", "DAT-01")["where"] is None


@pytest.mark.parametrize(
    ("args", "wanted"),
    [
        (("controls", "iam-07"), "did you mean IAM-07"),
        (("controls", "--criterion", "CC66"), "`soc2test criteria` lists all"),
        (("sources", "awz"), "did you mean aws?"),
        (("schema", "program"), "did you mean programme?"),
        (("criteria", "Z9"), "there is no criterion 'Z9'; `soc2test criteria` lists all"),
    ],
)
def test_an_unknown_name_names_the_nearest_and_the_way_out(args: tuple[str, ...], wanted: str) -> None:
    result = CliRunner().invoke(main, args)
    assert result.exit_code == 2
    assert wanted in result.output


def test_schemas_come_as_they_are_published() -> None:
    from importlib.resources import files

    for name in ("programme", "matrix", "finding"):
        published = json.loads(files("soc2test").joinpath(f"schemas/{name}.schema.json").read_text("utf-8"))
        assert json.loads(output("schema", name)) == published
    listed = output("schema")
    with_schema = [
        operation.name for source in SOURCES.values() for operation in source.operations.values() if operation.schema
    ]
    assert with_schema
    assert all(name in listed for name in with_schema)


@pytest.mark.each(3)
@pytest.mark.parametrize(("args", "banned"), [
    (["--help"], {"pytest", "yaml", "jsonschema", "tabulate", "msgspec"}),
    (["controls"], {"pytest", "_pytest"}),
    (["sources"], {"pytest", "_pytest"}),
])  # fmt: skip
def test_nothing_is_imported_that_a_command_does_not_need(args: list[str], banned: set[str]) -> None:
    code = f"import sys\nfrom soc2test.cli.main import main\ntry:\n    main({args!r})\nexcept SystemExit:\n    pass\nprint(*sys.modules, file=sys.stderr)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ)
    assert banned & set(ran.stderr.split()) == set()


def test_where_text_of_all_forms(tmp_path: Path) -> None:
    from soc2test.controls.where_text import where_text

    source = inspect.cleandoc('''
        from soc2test import Device, control

        def chosen(device, as_of):
            """Why."""
            return device.name and as_of

        def longer(device):
            if device.name:
                return True
            return False

        def make(id, where):
            @control(id, criteria=["CC6.1"], nature="state", where=where)
            def test_one(device: Device):
                """One."""
            return test_one

        one = make("A-1", chosen)
        two = make("A-2", longer)
        three = make("A-3", lambda device: device.status in (
            "a", "b"))
        four = make("A-4", (lambda device: device.name, lambda device: device.status)[0])
        five = make("A-5", None)
    ''')
    file = tmp_path / "made.py"
    file.write_text(source, "utf-8")
    space: dict[str, Any] = {"__name__": "made"}
    exec(compile(source, str(file), "exec"), space)  # noqa: S102  # a policy file of this test

    def text(name: str) -> str:
        control = control_of(space[name])
        assert control is not None
        return where_text(control)

    assert text("one") == "device.name and as_of"
    assert text("two") == "if device.name: return True; return False"
    assert text("three") == "device.status in ('a', 'b')"
    assert text("four") == "device.name; or device.status"
    assert text("five") == ""


def test_a_condition_on_the_line_of_its_control_is_told_apart_from_it(tmp_path: Path) -> None:
    from soc2test.controls.packs import load_pack
    from soc2test.controls.where_text import where_text

    (tmp_path / "one.py").write_text(
        "from soc2test import Device, control\n"
        '@control("OWN-1", criteria=["CC6.7"], nature="state", where=lambda device: device.status == "in_use")\n'
        'def test_it(device: Device):\n    """It holds."""\n    assert device.disk_encrypted\n'
    )
    (file,) = load_pack("soc2test_programme_policies", tmp_path).files
    assert where_text(file.controls[0]) == "device.status == 'in_use'"


def test_a_criterion_says_what_is_not_tested_there() -> None:
    told = output("criteria", "CC6.4")
    assert "Not tested here" in told
    for line in NOT_TESTED["CC6.4"]:
        assert line in told
    assert records("criteria", "P4.1")["not_tested"] == list(NOT_TESTED["P4.1"])


def test_a_control_says_its_nature_and_what_an_empty_population_means() -> None:
    natures = {each["id"]: (each["nature"], each["reliance"]) for each in records("controls")}
    assert natures["IAM-05"] == ("state", False)
    assert natures["EVD-01"] == ("state", True)
    assert {nature for nature, _ in natures.values()} == {"state", "occurrence", "event"}
    assert "nature      state: it holds or not at each moment" in output("controls", "IAM-05")
    assert "the evidence itself: whether other controls can rely on it" in output("controls", "EVD-01")
    assert re.search(r"EVD-01 .* the evidence itself ", output("controls"))
    assert "no occurrences where a second source agrees (Repository, Detector)" in output("controls", "VUL-01")


def test_a_control_says_what_is_asked_whether_all_is_told() -> None:
    asked = {each["id"]: each["complete"] for each in records("controls") if each["complete"]}
    asks = ["Identity", "Person", "AccountEvent"]
    of_vendors = ["DeclaredScope", "Vendor", "ProcessingActivity", "Disclosure"]
    hosts = dict.fromkeys(("VEN-01", "VEN-02", "VEN-03", "VEN-04", "VEN-06"), of_vendors)
    told_of_leavers = dict.fromkeys(("DEV-04", "DEV-05", "DEV-07", "IAM-07", "PHY-02"), asks)
    expected = {**told_of_leavers, **hosts, "DEV-09": ["Identity", "SignIn"], "PHY-05": ["Site", "Visit"]}
    assert {id: asked[id] for id in expected} == expected
    told = "is all told  asked of Identity, Person, AccountEvent; not evaluated where they tell more"
    assert told in output("controls", "DEV-04")
    assert "is all told" not in output("controls", "IAM-05")


def test_a_state_names_the_control_that_looks_at_the_time_between_snapshots() -> None:
    by = {each["id"]: each["between"] for each in records("controls") if each["between"]}
    assert by["NET-01"] == by["NET-02"] == "NET-05"
    assert "between     two snapshots of a period: NET-05 tests the changes that logs tell of" in output("controls", "NET-01")
    assert "two snapshots of a period" not in output("controls", "NET-05")


def test_an_event_without_a_second_source_is_told_to_be_not_evaluated_when_empty() -> None:
    without = [each for each in records("controls") if each["nature"] != "state" and not each["agrees"]]
    for each in without:
        assert "no occurrences where" not in explain(each)
