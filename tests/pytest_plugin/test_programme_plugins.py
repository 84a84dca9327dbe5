"""A programme's own plugins and their kinds: how policies and tests import them, and what happens where one breaks."""

import json
import sys
from pathlib import Path

import pytest
from programmes import PLUGIN, Programme

INSTALLED = str(Path(sys.executable).with_name("pytest"))

POLICY = '''
from soc2test import control
{line}

@control("OWN-01", criteria=["CC6.4"], nature="state")
def test_things_are_good(thing: Thing):
    """Things are good."""
    assert thing.good
'''
NEUTRAL = '''
from soc2test import Person, Vendor, control

@control("OWN-01", criteria=["CC6.4"], nature="state")
def test_people_are_there(person: Person):
    """People have a name."""
    assert person.name

@control("OWN-02", criteria=["CC9.2"], nature="state")
def test_vendors_are_there(vendor: Vendor):
    """Vendors have a name."""
    assert vendor.name
'''
ACME = Path(__file__).resolve().parents[2] / "fixtures/acme/exports/registers"


def written(programme: Programme, line: str, policy: str = POLICY) -> Programme:
    programme.things({"id": "a", "good": True}, {"id": "b", "good": False})
    programme.write("policies/own.py", policy.format(line=line))
    return programme


def deviating(programme: Programme) -> list[str]:
    return [each["resource"] for each in programme.control("OWN-01")["findings"]]


@pytest.mark.each(3)
@pytest.mark.parametrize(
    "line", ["from plugins.things import Thing", "from soc2test_programme_plugins.things import Thing"]
)
@pytest.mark.parametrize("how", [("-p", "no:cacheprovider"), ("-n", "2")], ids=["one process", "two workers"])
def test_a_policy_imports_a_kind_of_the_programme_s_own_plugin(
    programme: Programme, line: str, how: tuple[str, ...]
) -> None:
    written(programme, line).run(*how, "policies")
    assert deviating(programme) == ["b"]


def test_it_may_use_helpers_and_packages_of_the_folder(programme: Programme) -> None:
    programme.write("plugins/_kinds.py", "THINGS = 'things'\n")
    programme.write("plugins/more/__init__.py", "from plugins.things import Thing\n")
    programme.write("plugins/more/deep.py", "from plugins.more import Thing\nfrom plugins._kinds import THINGS\n")
    written(programme, "from plugins.more.deep import THINGS, Thing").run()
    assert deviating(programme) == ["b"]


@pytest.mark.each(2)
@pytest.mark.parametrize("module", [True, False], ids=["python -m pytest", "pytest"])
def test_it_works_however_and_from_wherever_pytest_is_called(
    programme: Programme, module: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(programme, "from plugins.things import Thing")
    elsewhere = programme.path / "elsewhere"
    (elsewhere / "plugins").mkdir(parents=True)
    if module:  # then the folder of the call can be imported from, and its `plugins` is somebody else's
        monkeypatch.setenv("PYTHONPATH", ".")
        (elsewhere / "plugins/other.py").write_text("")
        ran = programme.run("policies")
        assert deviating(programme) == ["b"]
    monkeypatch.chdir(elsewhere)
    ran = programme.pytester.run(
        *([sys.executable, "-m", "pytest"] if module else [INSTALLED]), "--soc2", "--soc2-config=../soc2.yaml",
        "--soc2-control=OWN-01", "--soc2-as-of=2026-11-20T12:00:00Z",
    )  # fmt: skip
    assert ran.ret == 1
    assert deviating(programme) == ["b"]


def test_a_package_of_that_name_stays_what_it_is(programme: Programme, monkeypatch: pytest.MonkeyPatch) -> None:
    programme.write("lib/plugins/__init__.py", "WHOSE = 'theirs'\n")
    programme.write("lib/plugins/own.py", "WHOSE = 'theirs'\n")
    monkeypatch.setenv("PYTHONPATH", str(programme.path / "lib"))
    lines = "import plugins, plugins.own\nfrom plugins.things import Thing\nassert plugins.WHOSE == plugins.own.WHOSE == 'theirs'"
    written(programme, lines).run()
    assert deviating(programme) == ["b"]


def test_ordinary_tests_import_policies_and_plugins_with_plain_pytest(programme: Programme) -> None:
    written(programme, "from plugins.things import Thing")
    programme.write(
        "tests/test_own.py",
        "from soc2test.testing import check, resource\n"
        "from plugins.things import Thing\n"
        "from policies.own import test_things_are_good as good\n\n"
        "def test_it():\n    assert check(good, resource(Thing, 'a', good=False)).deviations == 1\n",
    )
    programme.pytester.run(INSTALLED, "-p", "no:cacheprovider", "tests").assert_outcomes(passed=1)


def test_a_conftest_may_import_the_same_kind_before_the_plugins_are_loaded(programme: Programme) -> None:
    programme.write(
        "conftest.py",
        "import pytest\nfrom plugins.things import Thing\n\n@pytest.fixture\ndef kind():\n    return Thing\n",
    )
    written(programme, "from plugins.things import Thing", POLICY.replace("(thing: Thing)", "(thing: Thing, kind)"))
    programme.write("policies/own.py", (programme.path / "policies/own.py").read_text().replace(
        "assert thing.good", "assert isinstance(thing, kind)\n    assert thing.good"))  # fmt: skip
    programme.run("policies")
    assert deviating(programme) == ["b"]


def test_two_classes_of_one_kind_are_an_error_with_the_import_to_write(
    programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(programme.path / "plugins"))
    ran = written(programme, "from things import Thing").run()
    ran.assert_outcomes(errors=1)
    assert ran.ret == 1
    ran.stdout.fnmatch_lines(
        ["*there are two classes Thing: *module things, and source things tells that of plugins.things*"]
    )
    ran.stdout.fnmatch_lines(["*write `from plugins.things import Thing`*"])


BROKEN = {
    "SyntaxError": ("from soc2test import Person\ndef (:\n", "plugins/things.py:2: SyntaxError: invalid syntax"),
    "no hookimpl": (
        PLUGIN.replace("@hookimpl\n", "") + "# Person\n",
        "plugins/things.py:18: soc2_sources has no @hookimpl: write it above the function",
    ),
    "raises": ("from soc2test import Person\nraise ValueError('no')\n", "plugins/things.py:2: ValueError: no"),
    "no paging": (
        PLUGIN.replace(', next="next"', "") + "# Person\n",
        "plugins/things.py:10: operation 'things list': say how a list shows that it is all",
    ),
}


@pytest.mark.each(3)
@pytest.mark.parametrize(("code", "says"), BROKEN.values(), ids=BROKEN)
def test_a_plugin_that_does_not_load_hides_no_other_control(programme: Programme, code: str, says: str) -> None:
    programme.write(
        "soc2.yaml", "system: Test\nsources: {things: {orgs: [one]}, registers: }\nlimits: {GONE-01: {x: 1}}\n"
    )
    programme.write("plugins/things.py", code)
    programme.write("policies/own.py", NEUTRAL)
    programme.write("policies/gone.py", "from plugins.things import Thing\n")
    for name in ("vendors.yaml", "people.yaml"):
        programme.write(f"exports/registers/{name}", (ACME / name).read_text("utf-8"))
    ran = programme.run("-k", "people_are or vendors_are or plugin or load")
    assert ran.ret == 1
    text = ran.stdout.str() + ran.stderr.str()
    assert f"plugin things did not load: {says}" in text
    assert "known are" not in text
    assert programme.verdict("OWN-02") == "pass"
    assert programme.verdict("OWN-01") == "not_evaluated"  # the broken plugin names people
    assert programme.control("OWN-01")["gaps"][0] == {
        "code": "plugin", "text": programme.control("OWN-01")["gaps"][0]["text"]
    }  # fmt: skip
    assert "plugin things did not load: plugins/things.py" in json.dumps(programme.control("OWN-01"))


def test_a_source_that_nobody_has_is_still_a_usage_error_with_the_nearest_name(programme: Programme) -> None:
    programme.write("soc2.yaml", "system: Test\nsources: {otka: {orgs: [one]}}\n")
    ran = programme.run()
    assert ran.ret == 4
    ran.stderr.fnmatch_lines(["*soc2.yaml:2: sources.otka: no loaded plugin has this source; did you mean 'okta'?*"])
