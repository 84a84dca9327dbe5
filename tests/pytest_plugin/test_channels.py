"""No secret and, where asked, no person leaves on any channel: each way of pytest and of the command to show a text."""

import pytest
from channels import KEY, leaks, leaky, run
from programmes import Programme

from soc2test.reports import WRITERS

LOG_FILE = ("--log-file=out.log", "--log-file-level=DEBUG", "--log-file-format=%(message)s %(other)s")
JUNIT = ("--junitxml=out.xml", "-o", "junit_logging=all")
WAYS: dict[str, tuple[str, ...]] = {
    "captured": ("-rA", "-l", "--tb=long", "--durations=0", *JUNIT, *LOG_FILE),
    "uncaptured": ("-s", "-vvv", "-l", "--full-trace", "--color=yes"),
    "uncaptured workers": ("-s", "-n", "2", "--tb=line", *JUNIT),
    "native": ("--tb=native", "--capture=tee-sys", "-rA", "-v"),
    "live log": ("--log-cli-level=DEBUG", "--log-format=%(message)s %(other)s", "--capture=sys", "--tb=short", "-q"),
    "fixtures": ("--setup-show", "-s", "--tb=no", "-rA"),
    "warnings as errors": ("-W", "error", "-x", "-v"),
    "collected": ("--collect-only", "-v"),
    "wrong": ("-v", "wrong", *JUNIT),
    "wrong in workers": ("-s", "wrong", "-n", "2", *JUNIT),
}


@pytest.fixture
def env(programme: Programme) -> dict[str, str]:
    leaky(programme)
    return {
        "SOC2TEST_PSEUDONYM_KEY": KEY, "GITHUB_ACTIONS": "true",
        "GITHUB_STEP_SUMMARY": str(programme.path / "out.summary.md"), "COLUMNS": "80",
    }  # fmt: skip


def soc2(*more: str) -> tuple[str, ...]:
    return (
        "-m",
        "pytest",
        "-p",
        "no:randomly",
        "-p",
        "no:hypothesispytest",  # each of three processes would import hypothesis when it ends
        "--soc2",
        "--soc2-as-of",
        "2026-11-20T12:00:00Z",
        *more,
        "policies",
        "ordinary",
    )


@pytest.mark.each(14)
@pytest.mark.parametrize("way", WAYS)
def test_no_way_of_pytest_shows_a_secret_or_a_person(programme: Programme, env: dict[str, str], way: str) -> None:
    channels = run(programme, *soc2("--soc2-pseudonymise", *WAYS[way]), env=env)
    assert leaks(channels, person=True) == []
    if "soc2-report/matrix.json" in channels:  # the last scan is for writers of plugins alone
        assert "its writer let" not in channels["soc2-report/matrix.json"]
    made = {name.partition("/")[2] for name in channels if name.startswith("soc2-report/")}
    lists = {name for name in made if name.startswith("populations/")}
    assert made - lists == (set() if way == "collected" else {writer.filename for writer in WRITERS})
    assert ("populations/index.json" in lists) == (way != "collected")
    assert "out.summary.md" in channels or way == "collected"
    for option, name in (("--junitxml=out.xml", "out.xml"), ("--log-file=out.log", "out.log")):
        assert (name in channels) == (option in WAYS[way])


@pytest.mark.each(4)
@pytest.mark.parametrize("place", ["report", "finish", "interrupt", "reading", "worker"])
def test_a_break_shows_neither(programme: Programme, env: dict[str, str], place: str) -> None:
    workers = ("-n", "2") if place == "worker" else ()
    channels = run(programme, *soc2("--soc2-pseudonymise", "--junitxml=out.xml", *workers), env={**env, "BREAK": place})
    said = {
        "report": "INTERNALERROR",
        "finish": "RuntimeError",
        "interrupt": "KeyboardInterrupt",
        "reading": "stopped while",
        "worker": "crashed",
    }
    assert said[place] in channels["stdout"] + channels["stderr"]
    assert channels.code == {"report": 3, "finish": 1, "interrupt": 2, "reading": 2, "worker": 3}[place]
    assert "AssertionError" not in channels["stderr"]
    assert leaks(channels, person=True) == []


@pytest.mark.long
@pytest.mark.parametrize("more", [(), ("wrong",)])
def test_pdb_shows_neither(programme: Programme, env: dict[str, str], more: tuple[str, ...]) -> None:
    typed = "p thing.id\nargs\nwhere\nc\n" * 30
    channels = run(programme, *soc2("--soc2-pseudonymise", "--pdb", *more), env=env, typed=typed)
    assert "(Pdb)" in channels["stdout"]
    assert leaks(channels, person=True) == []


@pytest.mark.each(2)
@pytest.mark.parametrize("way", ["captured", "uncaptured workers"])
def test_people_are_shown_where_nobody_asked(programme: Programme, env: dict[str, str], way: str) -> None:
    channels = run(programme, *soc2(*WAYS[way]), env=env)
    assert leaks(channels, person=False) == []
    assert "Ada Byron" in "".join(channels.values())


@pytest.mark.parametrize("option", ["--debug=out.debug", "--pastebin=all"])
def test_what_would_hand_on_more_is_refused(programme: Programme, option: str) -> None:
    channels = run(programme, *soc2(option))
    assert channels.code == 4
    assert option.partition("=")[0] in channels["stderr"]
