"""Without `--soc2` pytest is as if soc2test were not there; with it, only what was asked for runs."""

from programmes import Programme

CONTROL = '''
@control("OWN-01", criteria=["CC6.1", "CC7.2"], nature="state")
def test_things_are_good(thing: Thing):
    """Every thing is good."""
    assert thing.good
'''
ORDINARY = """
import sys

def test_ordinary():
    loaded = [name for name in sys.modules if name.startswith("soc2test")]
    assert sorted(loaded) == ["soc2test", "soc2test.pytest_plugin", "soc2test.pytest_plugin.plugin"]
    assert "msgspec" not in sys.modules
"""


def test_an_ordinary_run_collects_no_control_and_loads_next_to_nothing(programme: Programme) -> None:
    programme.write(
        "policies/test_own.py", "from soc2test import Identity, control\n" + CONTROL.replace("Thing)", "Identity)")
    )
    programme.write("tests/test_ordinary.py", ORDINARY)
    result = programme.pytester.runpytest_subprocess("-p", "no:hypothesispytest", "tests")
    result.assert_outcomes(passed=1)
    collected = programme.pytester.runpytest_subprocess("policies")
    collected.assert_outcomes()
    assert collected.ret == 5
    assert not (programme.path / "soc2-report").exists()


def test_ordinary_tests_run_beside_controls_where_their_paths_are_given(programme: Programme) -> None:
    programme.policy(CONTROL)
    programme.things({"id": "a", "good": True})
    programme.write("tests/test_it.py", "def test_fails(): assert False\n")
    alone = programme.run("--soc2-control", "OWN-01")
    alone.assert_outcomes(passed=1)
    both = programme.run("--soc2-control", "OWN-01", "tests/test_it.py")
    both.assert_outcomes(passed=1, failed=1)
    assert (alone.ret, both.ret) == (0, 1)


def test_no_soc2_yaml_says_how_to_get_one(programme: Programme) -> None:
    (programme.path / "soc2.yaml").unlink()
    result = programme.run()
    assert result.ret == 4
    result.stderr.fnmatch_lines(["*soc2.yaml: not found*soc2test init*"])


def test_criterion_and_control_select_exactly(programme: Programme) -> None:
    programme.policy(
        CONTROL + CONTROL.replace("OWN-01", "OWN-02").replace('"CC6.1", "CC7.2"', '"CC1.1"').replace("_good", "_fine")
    )
    programme.things({"id": "a", "good": True})
    programme.run("policies", "--soc2-criterion", "CC7.2").assert_outcomes(passed=1)
    assert programme.matrix()["incomplete_because"].startswith("--soc2-criterion CC7.2")
    assert (programme.verdict("OWN-01"), programme.verdict("OWN-02")) == ("pass", "not_evaluated")
    assert programme.control("OWN-02")["reason"] == {"code": "deselected", "text": "not part of this run"}
    wrong = programme.run("policies", "--soc2-criterion", "CC9.9")
    assert wrong.ret == 4
    wrong.stderr.fnmatch_lines(["*there is no criterion 'CC9.9'*"])


def test_a_node_id_selects_one_control(programme: Programme) -> None:
    programme.policy(CONTROL)
    programme.things({"id": "a", "good": True})
    programme.run("policies/own.py::test_things_are_good").assert_outcomes(passed=1)
    programme.run("policies/own.py", "-k", "OWN-01").assert_outcomes(passed=1)
    programme.run("policies/own.py", "-k", "nothing").assert_outcomes(deselected=1)


def test_collect_only_writes_nothing(programme: Programme) -> None:
    programme.policy(CONTROL)
    result = programme.run("policies", "--collect-only", "-q")
    result.stdout.fnmatch_lines(["policies/own.py::test_things_are_good"])
    assert not (programme.path / "soc2-report").exists()


def test_github_actions_gets_annotations_and_a_step_summary(programme: Programme, monkeypatch: object) -> None:
    programme.policy(CONTROL)
    programme.things({"id": "a", "good": False})
    summary = programme.path / "summary.md"
    monkeypatch.setenv("GITHUB_ACTIONS", "true")  # type: ignore[attr-defined]
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))  # type: ignore[attr-defined]
    result = programme.run("policies")
    result.stdout.fnmatch_lines(["::error file=*things.list.json,title=OWN-01*"])
    assert "CC6.1" in summary.read_text("utf-8")


def test_the_evidence_decides_the_moment_where_none_is_given(programme: Programme) -> None:
    programme.policy(CONTROL)
    programme.things({"id": "a", "good": True})
    undated = programme.run(as_of=None)
    assert undated.ret == 1
    undated.stdout.fnmatch_lines(["*is undated: put collected_at into*"])
    programme.write("exports/manifest.yaml", "collected_at: 2020-01-01T00:00:00Z\n")
    stale = programme.run(as_of=None)
    assert stale.ret == 1
    stale.stdout.fnmatch_lines(["*days old where things allows 7*"])
    assert programme.run(as_of="2020-01-02").ret == 0
    assert programme.run(as_of="2019-01-02").ret == 1  # taken after the moment asked for


def test_a_register_matters_for_what_it_lists_alone(programme: Programme) -> None:
    """A register of people, kept from the start, must not make devices of a declared source wait for another register."""
    programme.policy(CONTROL.replace("Thing)", "Device)").replace("thing.good", "thing.protected"))
    text = (programme.path / "policies/own.py").read_text("utf-8")
    programme.write(
        "policies/own.py", text.replace("soc2test_programme_plugins.things import Thing", "soc2test import Device")
    )
    plugin = (programme.path / "plugins/things.py").read_text("utf-8")
    plugin = plugin.replace("class Thing(Resource", "class Thing(Device").replace(
        "import Resource", "import Device, Resource"
    )
    programme.write("plugins/things.py", plugin.replace("good=item", "protected=item"))
    programme.things({"id": "a", "good": True})
    programme.write("exports/registers/people.yaml", "register: people\nas_of: 2026-11-20\nentries: []\n")
    assert programme.run().ret == 0
    assert programme.verdict("OWN-01") == "pass"
    programme.write("exports/registers/devices.yaml", "register: devices\nas_of: 2026-11-20\nentries: [{serial: }]\n")
    assert programme.run().ret == 5  # what is not declared does not fail the run; nothing else was evaluated
    assert programme.verdict("OWN-01") == "not_evaluated"
